/**
 * `settings.env` in the data folder: what `mitrat setup` decided about this installation (mode, mail, address).
 * The same names as in the environment; the environment wins.
 */
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { UserError } from './errors.ts';

export type Settings = Record<string, string | undefined>;

const HEAD = '# Einstellungen dieser Installation, geschrieben von „mitrat setup“. Umgebungsvariablen gehen vor.\n';

function settingsFile(dataDir: string): string {
	return join(dataDir, 'settings.env');
}

/** The settings of a data folder; none when the file (or the folder) is not there. */
export function readSettings(dataDir: string): Settings {
	try {
		return parseEnv(readFileSync(settingsFile(dataDir), 'utf8'));
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'ENOENT' || code === 'ENOTDIR') return {};
		throw new UserError(`Die Einstellungen in ${settingsFile(dataDir)} lassen sich nicht lesen (${code}).`, {
			cause: error,
		});
	}
}

/** Adds or replaces settings (`undefined` removes one). The file may hold passwords: only its owner can read it. */
export function writeSettings(dataDir: string, changes: Settings): void {
	const settings = { ...readSettings(dataDir), ...changes };
	const lines = Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [line(name, value)]));
	const fresh = `${settingsFile(dataDir)}.new`;
	writeFileSync(fresh, HEAD + lines.join(''), { mode: 0o600 });
	chmodSync(fresh, 0o600);
	renameSync(fresh, settingsFile(dataDir));
}

/** One line that `parseEnv` reads back as it was; it knows no escapes, only three kinds of quotes. */
function line(name: string, value: string): string {
	const quote = ["'", '"', '`'].find((mark) => !value.includes(mark));
	if (!quote || /[\r\n\\]/.test(value)) {
		throw new UserError(
			`Die Einstellung ${name} darf keine Zeilenumbrüche, keine umgekehrten Schrägstriche und nicht alle drei Arten von Anführungszeichen enthalten.`,
		);
	}
	return `${name}=${quote}${value}${quote}\n`;
}
