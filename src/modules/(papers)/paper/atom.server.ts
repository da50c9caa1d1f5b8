import * as m from '#messages';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { filterOf, paperList } from './list.server.ts';

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The newest fifty public papers as an Atom feed (RFC 4287) in the reader's language, whoever asks. */
export async function paperFeed(ctx: Ctx, url: URL): Promise<string> {
	const { papers } = await paperList({ ...ctx, actor: VISITOR }, filterOf(url.searchParams), 50);
	const entries = papers.map((paper) => {
		const link = url.origin + inLocale(`/vorlagen/${paper.slug}`, ctx.locale);
		const title = `${paper.reference}: ${paper.title}`;
		const text = [paper.type, ...paper.originators].join(', ');
		const where = (paper.districts ?? []).map(({ name }) => `<category term="${escaped(name)}"/>`).join('');
		return `<entry><id>${escaped(`${url.origin}/vorlagen/${paper.slug}`)}</id><title xml:lang="de">${escaped(title)}</title><updated>${paper.date}T00:00:00Z</updated><link href="${escaped(link)}"/>${where}<summary xml:lang="de">${escaped(text)}</summary></entry>`;
	});
	const updated = papers[0]?.date ? `${papers[0].date}T00:00:00Z` : ctx.now.round('second').toString();
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${languageTag(ctx.locale).slice(0, 2)}"><id>${escaped(url.origin + url.pathname)}</id><title>${escaped(m.papers_paper_feed({ name: ctx.body.name }))}</title><updated>${updated}</updated><author><name>${escaped(ctx.body.name)}</name></author><link rel="self" href="${escaped(url.href)}"/>
${entries.join('\n')}
</feed>
`;
}
