import type { App } from '../../support/app.ts';

/**
 * An address with a paper of the demonstration in it: `/vorlagen/A2/weg` is the way of the second one whose number begins with
 * an A. Which year their numbers name hangs on the day on which this is run.
 */
export async function withPaper({ database }: App, path: string): Promise<string> {
	const [named, letter = '', nth = ''] = /\b([A-Z])(\d)\b/.exec(path) ?? [];
	if (!named) return path;
	const [row] = await database.sql<{ slug: string }>(
		`select slug from papers.paper where slug ~ $1 order by date, number offset $2 limit 1`,
		[`^${letter.toLowerCase()}[0-9]{4}-[0-9]{2}$`, Number(nth) - 1],
	);
	return path.replace(named, row!.slug);
}
