import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BackupOptions } from '#kernel/backup/backup.ts';
import type { Manifest } from '#kernel/backup/manifest.ts';
import { readConfig, type Config } from '#kernel/config.ts';
import { UserError } from '#kernel/errors.ts';
import { version } from '#kernel/project.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat backup [ORDNER] [--town STADT] [--verify [--in ORDNER]] [--json]
  sichert alle Städte, Konten, Dateien und Einstellungen in einen neuen Ordner (sonst „backup-DATUM“ im Datenordner),
  während der Server weiterarbeitet: ein einziger Zeitpunkt der Datenbank, jede Tabelle mit Prüfsumme
  --town     nur diese Stadt mit den Konten ihrer Leute, ohne deren Passwörter und zweite Schritte
  --verify   stellt die Sicherung danach in einer Wegwerf-Datenbank wieder her und vergleicht
  --in       wo die Wegwerf-Datenbank liegen darf (sonst im Ordner für Vorläufiges)`;

export default {
	summary: 'sichert alles oder eine Stadt, während der Server läuft',
	usage,
	async run(args) {
		const options = {
			town: { type: 'string' },
			verify: { type: 'boolean' },
			in: { type: 'string' },
			json: { type: 'boolean' },
		} as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		if (positionals.length > 1) throw new UserError(`Wohin soll gesichert werden? Aufruf: ${usage}`);
		const config = readConfig();
		const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
		const folder = resolve(positionals[0] ?? join(config.dataDir, `backup-${stamp}`));
		const manifest = await save(folder, config, values.town);
		if (values.verify) await rehearseAt(folder, values.in ?? tmpdir());
		process.stdout.write(values.json ? `${JSON.stringify({ folder, ...manifest })}\n` : describe(folder, manifest));
		return manifest.missingFiles.length ? 1 : 0;
	},
} satisfies Command;

async function save(folder: string, config: Config, town: string | undefined): Promise<Manifest> {
	const { openDatabase } = await import('#kernel/db/database.ts');
	const { backUp } = await import('#kernel/backup/backup.ts');
	const { openStore } = await import('#kernel/files/store.ts');
	const database = await openDatabase(config);
	try {
		const pick = town === undefined ? undefined : picking(town);
		return await backUp(folder, {
			owner: database.owner,
			store: openStore(config),
			dataDir: config.dataDir,
			program: version(),
			pick,
			say: (line) => process.stderr.write(`${line}\n`),
		});
	} finally {
		await database.close();
	}
}

function picking(word: string): BackupOptions['pick'] {
	return (towns) => {
		const named = towns.find((town) =>
			[town.name, town.shortName, ...town.hosts].some((name) => name.toLowerCase() === word.toLowerCase()),
		);
		if (named) return named;
		const names = towns.map(({ shortName }) => shortName).join(', ');
		throw new UserError(`Welche Stadt ist gemeint? --town mit einem von: ${names}.`);
	};
}

async function rehearseAt(folder: string, below: string): Promise<void> {
	const { checkBackup } = await import('#kernel/backup/check.ts');
	const { rehearse } = await import('#kernel/backup/rehearse.ts');
	await (await import('../../src/server/steps.ts')).loadModules();
	await rehearse(await checkBackup(folder), below);
}

function describe(folder: string, { towns, parts, files, missingFiles }: Manifest): string {
	const rows = parts.reduce((sum, part) => sum + (part.table ? part.rows : 0), 0);
	const lost = missingFiles.map(
		(hash) =>
			`Fehlt oder ist beschädigt (oder wurde eben gelöscht): files/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`,
	);
	const names = towns.map(({ name }) => name).join(', ');
	return [`${names}: ${rows} Zeilen, ${files.count} Dateien gesichert in`, folder, ...lost, ''].join('\n');
}
