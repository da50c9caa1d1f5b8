import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { Asker, type AskOptions } from './ask.server.ts';
import { calendarSource } from './calendar.server.ts';
import { folderSource } from './folder.server.ts';
import { httpSource } from './http.server.ts';
import type { Source } from './source.ts';

export interface Opened {
	source: Source;
	kind: 'oparl' | 'dump' | 'calendar' | 'feed';
}

/** Addresses and files that are calendars or feeds by their name. */
const DATES = /\.(ics|ical|rss|atom)(\?|$)/i;

/** What was named: a server, a calendar or feed, or a folder with a dump. @throws UserError for what is none of them */
export async function openSource(what: string, timeZone: string, options: AskOptions): Promise<Opened> {
	if (/^https?:/i.test(what)) {
		if (!DATES.test(what)) return { source: httpSource(what, timeZone, options), kind: 'oparl' };
		return calendarSource(await fetched(what, options), what, timeZone);
	}
	if (!DATES.test(what)) return { source: await folderSource(what, timeZone), kind: 'dump' };
	return calendarSource(await readFile(what), basename(what), timeZone);
}

async function fetched(address: string, options: AskOptions): Promise<Uint8Array> {
	const asker = new Asker(options);
	try {
		const answer = await asker.get(address, {}, 'text/calendar, application/atom+xml, application/rss+xml');
		if (answer.status !== 200) throw new UserError(`${address} antwortet nicht (${answer.status}).`);
		return answer.bytes;
	} finally {
		asker.close();
	}
}
