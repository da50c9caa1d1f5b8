import type { AskOptions } from './ask.server.ts';
import { folderSource } from './folder.server.ts';
import { httpSource } from './http.server.ts';
import type { Source } from './source.ts';

/** What was named: a server, or a folder with a dump. @throws UserError for what is neither */
export async function openSource(
	what: string,
	timeZone: string,
	options: AskOptions,
): Promise<{ source: Source; kind: 'oparl' | 'dump' | 'calendar' | 'feed' }> {
	if (/^https?:/i.test(what)) return { source: httpSource(what, timeZone, options), kind: 'oparl' };
	return { source: await folderSource(what, timeZone), kind: 'dump' };
}
