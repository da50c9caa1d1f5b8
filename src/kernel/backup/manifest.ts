/** What a backup says about itself: `manifest.json` in its folder, and its own sum beside it. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';

export const FORMAT = 'mitrat-backup/1';
const Sum = z.string().regex(/^[0-9a-f]{64}$/);

const Part = z.object({
	/** Below the folder of the backup; gzip. */
	path: z.string().regex(/^[\w/.-]+\.gz$/),
	/** `schema.name`; empty for the list of files. */
	table: z.string(),
	town: z.uuid().nullable(),
	columns: z.array(z.string()),
	rows: z.int(),
	/** Size and SHA-256 of what is packed in it, in PostgreSQL's text format. */
	bytes: z.int(),
	sha256: Sum,
});
export type Part = z.infer<typeof Part>;

const Manifest = z.object({
	format: z.literal(FORMAT),
	program: z.string(),
	postgres: z.string(),
	made: z.iso.datetime(),
	/** One town alone comes without passwords, second steps and passkeys: these belong to the installation. */
	scope: z.enum(['all', 'town']),
	towns: z.array(z.object({ id: z.uuid(), name: z.string() })),
	/** Names of the migrations that had been run: the shape of the tables. */
	migrations: z.array(z.string()),
	parts: z.array(Part),
	/** `files.txt.gz` has a line `hash size` for each file. */
	files: z.object({ count: z.int(), bytes: z.int() }),
	/** Named by a row, but not in the store; SHA-512 in hex. */
	missingFiles: z.array(z.string()),
	/** Files of the data folder that came along: the secret that second steps are encrypted with, the settings. */
	settings: z.array(z.object({ name: z.enum(['auth-secret', 'settings.env']), sha256: Sum })),
});
export type Manifest = z.infer<typeof Manifest>;

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
	const text = `${JSON.stringify(manifest, null, '\t')}\n`;
	await writeFile(join(folder, 'manifest.json'), text, { mode: 0o600, flush: true });
	// As `sha256sum --check` reads it.
	const line = `${sha256(text)}  manifest.json\n`;
	await writeFile(join(folder, 'manifest.sha256'), line, { mode: 0o600, flush: true });
}

/** @throws UserError when it is no backup, one of a later format, or damaged */
export async function readManifest(folder: string): Promise<Manifest> {
	const text = await readFile(join(folder, 'manifest.json')).catch((cause: unknown) => {
		throw new UserError(`In ${folder} liegt keine vollständige Sicherung: manifest.json fehlt.`, { cause });
	});
	const noted = await readFile(join(folder, 'manifest.sha256'), 'utf8').catch(() => '');
	if (noted.slice(0, 64) !== sha256(text)) throw damaged('manifest.json');
	const content = JSON.parse(text.toString()) as { format?: string };
	if (content.format !== FORMAT)
		throw new UserError(`Diese Sicherung hat das Format „${content.format}“; dieses Programm liest „${FORMAT}“.`);
	return Manifest.parse(content);
}

export const damaged = (name: string): UserError =>
	new UserError(
		`Die Sicherung ist beschädigt: ${name} ist nicht mehr, was gesichert wurde. Es wurde nichts übernommen.`,
	);
