import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { isRaw } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import type { ForeignKind } from '../reading/foreign.ts';
import { readBody, readSystem } from './body.ts';
import { readJson } from './json.ts';
import type { ForeignBody, ForeignSystem, Source } from './source.ts';

const FILES: Record<ForeignKind, string> = {
	Organization: 'organization.json',
	Person: 'person.json',
	Membership: 'membership.json',
	Meeting: 'meeting.json',
	AgendaItem: 'agendaitem.json',
	Paper: 'paper.json',
	Consultation: 'consultation.json',
	File: 'file.json',
	Location: 'location.json',
	LegislativeTerm: 'legislativeterm.json',
};

const SLICE = 500;

/** A folder that `mitrat export --oparl` wrote (docs/oparl.md, "Dump"). @throws UserError when it is no whole dump */
export async function folderSource(folder: string, timeZone: string): Promise<Source> {
	const manifest = await jsonFile(join(folder, 'manifest.json')).catch(() => null);
	const { origin, format, files } = isRaw(manifest) ? manifest : {};
	if (format !== 'mitrat-oparl-dump' || typeof origin !== 'string' || !URL.canParse(origin))
		throw new UserError(`${folder} ist kein vollständiger Abzug: manifest.json fehlt oder passt nicht.`);
	const sums = new Map<string, string>();
	if (Array.isArray(files))
		for (const one of files)
			if (isRaw(one) && typeof one.path === 'string' && typeof one.sha512 === 'string') sums.set(one.path, one.sha512);
	/** What the manifest promises is what lies there. */
	const read = async (name: string) => {
		const bytes = await readFile(join(folder, name));
		if (sums.get(name) !== createHash('sha512').update(bytes).digest('hex'))
			throw new UserError(`${join(folder, name)} ist beschädigt: die Prüfsumme passt nicht zu manifest.json.`);
		return bytes;
	};
	const list = async (name: string) => (sums.has(name) ? (readJson(await read(name))?.value ?? []) : []) as unknown[];
	return {
		address: `${origin}/oparl/v1.1/system`,
		base: `${origin}/`,
		tellsChanges: false,
		system: async (findings) =>
			wholeOf(await list('system.json'), await list('body.json'), { origin, findings, timeZone }),
		async *pages(_body, kind) {
			const entries = await list(FILES[kind]);
			for (let at = 0; at < entries.length; at += SLICE)
				yield {
					address: `${FILES[kind]}#${at}`,
					entries: entries.slice(at, at + SLICE),
					next: at + SLICE < entries.length ? `${FILES[kind]}#${at + SLICE}` : null,
					etag: null,
					lastModified: null,
				};
			return true;
		},
		tombstones: () => list('deleted.json'),
		object: () => Promise.resolve(null),
		content: async ({ id }) => {
			const name = `files/${basename(new URL(id).pathname)}`;
			return sums.has(name) ? read(name) : null;
		},
		close: () => undefined,
	};
}

async function jsonFile(path: string): Promise<unknown> {
	return readJson(await readFile(path))?.value;
}

function wholeOf(
	system: unknown,
	given: unknown,
	{ origin, findings, timeZone }: { origin: string; findings: Findings; timeZone: string },
): ForeignSystem {
	const place = { base: `${origin}/`, findings, timeZone };
	const body = readBody(given, place);
	if (!body || !isRaw(system)) throw new UserError('In diesem Abzug fehlen system.json oder body.json.');
	const lists = Object.fromEntries(Object.keys(FILES).map((kind) => [kind, kind])) as ForeignBody['lists'];
	return readSystem(system, place, [{ ...body, lists }]);
}
