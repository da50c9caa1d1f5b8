import { readFile } from 'node:fs/promises';
import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat archive verify DATEI.zip [--json]
  verify   rechnet alle Prüfsummen eines ausgegebenen Archivs nach (Ende mit 1, wenn etwas nicht stimmt); braucht keine Datenbank
  --json   der Bericht als JSON`;

export default {
	summary: 'Archiv einer Wahlperiode prüfen (verify)',
	usage,
	async run(args) {
		const options = { json: { type: 'boolean' } } as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const [action, file] = positionals;
		if (action !== 'verify' || !file || positionals.length !== 2)
			throw new UserError(`Was soll mit dem Archiv geschehen? Aufruf: ${usage}`);
		const { verifyArchive } = await import('#server/council');
		const bytes = await readFile(file).catch((cause: unknown) => {
			throw new UserError(`Die Datei ${file} lässt sich nicht lesen.`, { cause });
		});
		const report = await verifyArchive(bytes);
		const text = values.json
			? JSON.stringify(report, null, '\t')
			: [
					`${report.town}, ${report.body}, ${report.term}: ${report.sessions} Sitzungen, ${report.files} Dateien.`,
					...report.problems.map(({ path, what }) => `${path}: ${WORDS[what]}`),
					...(report.ok ? ['Alle Prüfsummen stimmen.'] : []),
				].join('\n');
		process.stdout.write(`${text}\n`);
		return report.ok ? 0 : 1;
	},
} satisfies Command;

const WORDS = {
	missing: 'fehlt.',
	changed: 'wurde verändert.',
	unlisted: 'steht nicht im Verzeichnis.',
	version: 'ist nicht die Fassung, die unterzeichnet wurde.',
};
