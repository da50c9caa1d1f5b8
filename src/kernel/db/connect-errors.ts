/** What went wrong with a database connection, as one sentence. */
import { UserError } from '../errors.ts';

const SENTENCES: Record<string, (where: string) => string> = {
	ECONNREFUSED: (where) => `Der Datenbankserver ist nicht erreichbar: ${where} nimmt keine Verbindung an.`,
	ENOENT: (where) => `Der Datenbankserver ist nicht erreichbar: ${where} nimmt keine Verbindung an.`,
	ENOTFOUND: (where) => `Der Datenbankserver ist nicht erreichbar: den Rechner von ${where} gibt es nicht.`,
	EAI_AGAIN: (where) =>
		`Der Datenbankserver ist nicht erreichbar: der Name von ${where} lässt sich gerade nicht auflösen.`,
	ETIMEDOUT: (where) => `Der Datenbankserver ist nicht erreichbar: ${where} antwortet nicht.`,
	EHOSTUNREACH: (where) => `Der Datenbankserver ist nicht erreichbar: kein Weg zu ${where}.`,
	'28P01': (where) => `Der Datenbankserver weist das Passwort zurück: ${where}.`,
	'28000': (where) => `Der Datenbankserver lässt diese Rolle von hier nicht zu: ${where}.`,
	'3D000': (where) => `Die Datenbank gibt es auf dem Server nicht: ${where}.`,
	'42501': (where) => `Der Rolle fehlt das Recht, sich mit der Datenbank zu verbinden: ${where}.`,
	'53300': (where) => `Der Datenbankserver hat keine Verbindung mehr frei: ${where}.`,
	'57P03': (where) => `Der Datenbankserver startet gerade oder fährt herunter: ${where}.`,
};

/**
 * A sentence for the person at the command line.
 * @param where names role, host and database, never the password
 */
export function explainConnectError(error: unknown, where: string): UserError {
	if (error instanceof UserError) return error;
	const { code = '', message = String(error) } = error as { code?: string; message?: string };
	const known = SENTENCES[code] ?? (/timeout/i.test(message) ? SENTENCES.ETIMEDOUT : undefined);
	const sentence = known ? known(where) : `Die Verbindung zur Datenbank ist gescheitert (${where}): ${message}`;
	return new UserError(sentence, { cause: error });
}
