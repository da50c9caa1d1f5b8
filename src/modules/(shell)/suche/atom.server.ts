import * as m from '#messages';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { toMarkup } from '#kernel/search/highlight.ts';
import { search } from '#kernel/search/search.ts';
import { questionWords } from './labels.server.ts';
import { readQuestion, toAddress } from './schema.ts';

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const MOST = 50;

/** The newest fifty public results of a question as an Atom feed (RFC 4287), whoever asks; the address is that of the search. */
export async function searchFeed(ctx: Ctx, url: URL): Promise<string> {
	const question = { ...readQuestion(url.searchParams), after: '', everywhere: false };
	const facets = Object.fromEntries(Object.entries(question.chosen).map(([facet, value]) => [facet, [value]]));
	const { hits } = await search(
		{ ...ctx, actor: VISITOR },
		{ text: question.text, facets, order: 'date', perPage: MOST },
	);
	// Documents without a day are no news: they stand behind all others and count as from the day they were found.
	const dayOf = (date: Temporal.PlainDate | null) => `${date ?? '1970-01-01'}T00:00:00Z`;
	const entries = hits.map(({ id, href, language, date, title, snippet }) => {
		const link = url.origin + inLocale(href, ctx.locale);
		const name = title.map(({ text }) => text).join('');
		return `<entry><id>urn:uuid:${id}</id><title xml:lang="${escaped(language)}">${escaped(name)}</title><updated>${dayOf(date)}</updated><link href="${escaped(link)}"/><summary type="html" xml:lang="${escaped(language)}">${escaped(toMarkup(snippet))}</summary></entry>`;
	});
	const title = `${m.shell_search_title_for({ text: questionWords(question) })} · ${ctx.body.name}`;
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${languageTag(ctx.locale).slice(0, 2)}"><id>${escaped(url.origin + toAddress(question).replace('/suche?', '/suche.atom?'))}</id><title>${escaped(title)}</title><updated>${hits[0]?.date ? dayOf(hits[0].date) : ctx.now.round('second').toString()}</updated><author><name>${escaped(ctx.body.name)}</name></author><link rel="self" href="${escaped(url.href)}"/><link rel="alternate" type="text/html" href="${escaped(url.origin + inLocale(toAddress(question), ctx.locale))}"/>
${entries.join('\n')}
</feed>
`;
}
