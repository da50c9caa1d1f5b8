/** The one folder that holds all data of an installation. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { UserError } from './errors.ts';

/**
 * Makes the folder (for this user alone) if it is missing.
 * @throws UserError when it cannot be made or written
 */
export function prepareDataFolder(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch (error) {
		const why = {
			EACCES: 'fehlende Rechte',
			EROFS: 'nur lesbar eingebunden',
			ENOTDIR: 'ein Teil des Pfads ist kein Ordner',
			EEXIST: 'dort liegt eine Datei',
		};
		const code = (error as NodeJS.ErrnoException).code ?? '';
		throw new UserError(
			`In den Datenordner ${dataDir} kann nicht geschrieben werden (${why[code as keyof typeof why] ?? code}); mit MITRAT_DATA lässt sich ein anderer angeben.`,
			{ cause: error },
		);
	}
}
