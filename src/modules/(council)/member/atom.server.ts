import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { feedEntries } from '../queries/feed.server.ts';
import { meetingTitle } from '../ui/labels.ts';

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * Public sessions as an Atom feed (RFC 4287) in the reader's language, the one changed last first.
 * @throws NotFound for a body this reader may not know of
 */
export async function atomFeed(ctx: Ctx, url: URL, body?: string): Promise<string> {
	const entries = (await feedEntries(ctx, { body }))
		.toSorted((a, b) => Temporal.Instant.compare(b.modifiedAt, a.modifiedAt))
		.slice(0, 50);
	const name = m.council_ics_name({ name: (body && entries[0]?.bodyName) || ctx.body.name });
	const updated = entries[0]?.modifiedAt ?? ctx.now.toString();
	const utc = (instant: string) => Temporal.Instant.from(instant).round('second').toString();
	const parts = entries.map((entry) => {
		const date = formatDay(entry.date, 'full', ctx.locale);
		const title = `${entry.cancelled ? `${m.council_meeting_cancelled()} ` : ''}${meetingTitle(entry)}, ${date}`;
		const link = url.origin + inLocale(`/sitzungen/${entry.slug}`, ctx.locale);
		const text = [entry.bodyName, entry.place, ...entry.topics].filter(Boolean).join('\n');
		return `<entry><id>urn:uuid:${entry.id}</id><title>${escaped(title)}</title><updated>${utc(entry.modifiedAt)}</updated><link href="${escaped(link)}"/><summary>${escaped(text)}</summary></entry>`;
	});
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${languageTag(ctx.locale).slice(0, 2)}"><id>${escaped(url.origin + url.pathname)}</id><title>${escaped(name)}</title><updated>${utc(updated)}</updated><author><name>${escaped(ctx.body.name)}</name></author><link rel="self" href="${escaped(url.href)}"/>
${parts.join('\n')}
</feed>
`;
}
