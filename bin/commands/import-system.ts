import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '#kernel/errors.ts';

export interface SystemOptions {
	usage: string;
	'dry-run'?: boolean;
	json?: boolean;
	town?: string;
	files?: boolean;
	full?: boolean;
	body?: string[];
	rate?: string;
	'allow-local'?: boolean;
}

/** An address, a calendar, or a folder with a dump: not one of the documents that are read one by one. */
export function isSystem(given: string): boolean {
	return /^https?:/i.test(given) || /\.(ics|rss|atom)$/i.test(given) || existsSync(join(given, 'manifest.json'));
}

const USUAL_RATE = 8;

/** Takes over another system; progress goes to the terminal's error channel, the report to its output. */
export async function takeSystem(given: string[], options: SystemOptions): Promise<number> {
	const [what, ...more] = given;
	if (more.length || options['dry-run']) throw new UserError(`Ein System nach dem anderen. Aufruf: ${options.usage}`);
	const rate = rateOf(options.rate, what!);
	const { inTown } = await import('./in-town.ts');
	const cancel = new AbortController();
	const stop = () => cancel.abort(new Error('interrupted'));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	try {
		return await inTown(options.town, async (ctx) => {
			const { harvest, openSource, reportLines, userAgentOf } = await import('#server/oparl');
			const asking = {
				userAgent: userAgentOf(ctx),
				near: options['allow-local'] ?? false,
				rate,
			};
			const { source, kind } = await openSource(what!, ctx.body.timeZone, { ...asking, signal: cancel.signal });
			try {
				const { files, full: whole, body: bodies } = options;
				const reports = await harvest(ctx, source, {
					kind,
					files,
					whole,
					bodies,
					signal: cancel.signal,
					say: progress(),
				});
				if (options.json) process.stdout.write(`${JSON.stringify(reports, null, '\t')}\n`);
				else for (const report of reports) process.stdout.write(`${reportLines(report).join('\n')}\n`);
				return reports.every(({ state }) => state === 'done') ? 0 : 130;
			} finally {
				source.close();
			}
		});
	} finally {
		process.off('SIGINT', stop);
		process.off('SIGTERM', stop);
	}
}

function rateOf(given: string | undefined, what: string): number | undefined {
	if (given === undefined) {
		const host = URL.canParse(what) ? new URL(what).hostname : '';
		// A server on this machine belongs to whoever asks.
		return /^(localhost|127\.|\[::1\])/.test(host) ? undefined : USUAL_RATE;
	}
	const rate = Number(given);
	if (!(rate > 0 && rate <= 1000))
		throw new UserError('--rate nennt Anfragen in der Sekunde, zum Beispiel 2 oder 0.5.');
	return rate;
}

/** One line that changes on a terminal; else one every so often. */
function progress(): (line: string) => void {
	let last = 0;
	return (line) => {
		const now = Date.now();
		if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
		else if (now - last > 5000) {
			last = now;
			process.stderr.write(`${line}\n`);
		}
	};
}
