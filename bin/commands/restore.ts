import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CheckedBackup } from '#kernel/backup/check.ts';
import { readConfig, type Config } from '#kernel/config.ts';
import { UserError } from '#kernel/errors.ts';
import { runningServer } from '../../src/server/server-lock.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat restore ORDNER [--without-jobs] | ORDNER --verify [--in ORDNER]
  prüft alle Prüfsummen, stellt die Sicherung in eine Datenbank ohne Stadt wieder her und vergleicht jede Tabelle;
  die Sicherung einer einzelnen Stadt kann auch neben andere Städte
  --without-jobs  ohne wartende Aufgaben: eine Kopie zum Ausprobieren verschickt dann keine Mails des Originals
  --verify        nur zur Probe, in einer Wegwerf-Datenbank; am Bestand ändert sich nichts
  --in            wo die Wegwerf-Datenbank liegen darf (sonst im Ordner für Vorläufiges)`;

export default {
	summary: 'stellt eine Sicherung wieder her, oder prüft sie (--verify)',
	usage,
	async run(args) {
		const options = {
			verify: { type: 'boolean' },
			in: { type: 'string' },
			'without-jobs': { type: 'boolean' },
		} as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const [name] = positionals;
		if (!name || positionals.length > 1) throw new UserError(`Welche Sicherung? Aufruf: ${usage}`);
		await (await import('../../src/server/steps.ts')).loadModules();
		const { checkBackup } = await import('#kernel/backup/check.ts');
		const backup = await checkBackup(resolve(name));
		if (values.verify) await rehearseAt(backup, values.in ?? tmpdir());
		else await takeOver(backup, readConfig(), !values['without-jobs']);
		return 0;
	},
} satisfies Command;

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function rehearseAt(backup: CheckedBackup, below: string): Promise<void> {
	const { rehearse } = await import('#kernel/backup/rehearse.ts');
	await rehearse(backup, below, say);
	process.stdout.write('Die Sicherung ist unversehrt und lässt sich wiederherstellen.\n');
}

async function takeOver(backup: CheckedBackup, config: Config, jobs: boolean): Promise<void> {
	if (backup.manifest.scope === 'all' && runningServer(config.dataDir))
		throw new UserError('Auf diesem Datenordner läuft ein Mitrat-Server: bitte zuerst beenden.');
	const { openDatabase } = await import('#kernel/db/database.ts');
	const { openStore } = await import('#kernel/files/store.ts');
	const { restore } = await import('#kernel/backup/restore.ts');
	const database = await openDatabase(config);
	try {
		const target = { owner: database.owner, appRole: String(database.app.user), store: openStore(config) };
		await restore(backup, target, { jobs, say });
	} finally {
		await database.close();
	}
	const notes = backup.manifest.settings.flatMap(({ name }) => putSetting(backup.folder, config.dataDir, name));
	const names = backup.manifest.towns.map((town) => town.name).join(', ');
	process.stdout.write([`${names}: wiederhergestellt, Stand ${backup.manifest.made}.`, ...notes, ''].join('\n'));
}

/** The secret has to be the old one, or second steps are lost. Settings name addresses and mail: those of the target stay. */
function putSetting(folder: string, dataDir: string, name: 'auth-secret' | 'settings.env'): string[] {
	const bytes = readFileSync(join(folder, 'settings', name));
	const file = join(dataDir, name);
	const isSame = existsSync(file) && readFileSync(file).equals(bytes);
	if (isSame) return [];
	if (name === 'settings.env' && existsSync(file))
		return [`${file} bleibt, wie es ist; das der Sicherung liegt in ${join(folder, 'settings', name)}.`];
	if (existsSync(file)) renameSync(file, `${file}.before-restore`);
	writeFileSync(file, bytes, { mode: 0o600, flush: true });
	return [`${file} kommt aus der Sicherung.`];
}
