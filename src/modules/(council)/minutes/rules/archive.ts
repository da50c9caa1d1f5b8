import { xml } from '#kernel/text/xml.ts';

export const MANIFEST = 'manifest.json';
export const CHECKSUMS = 'sha512.txt';

/** What the archive's metadata say of a session: who, what, when. Dates are ISO. */
export interface ArchivedSession {
	slug: string;
	title: string;
	body: string;
	date: string;
	state: string;
	/** Kept elsewhere before; the attached original counts. */
	takenOver: boolean;
	public: boolean;
	approvedPublicOn: string | null;
	approvedClosedOn: string | null;
	versions: {
		number: number;
		/** Over the canonical form that lies beside as fassung-<number>.json. */
		sha512: string;
		reason: string;
		fixedAt: string;
		signatures: { role: string; name: string; function: string; signedOn: string; method: string }[];
	}[];
	files: { path: string; title: string; kind: string }[];
}

export interface About {
	town: string;
	body: string;
	term: string;
	from: string | null;
	until: string | null;
}

export interface Manifest extends About {
	format: 'mitrat-archive';
	version: 1;
	madeAt: string;
	sessions: ArchivedSession[];
	/** Every file but the manifest and the list of checksums. */
	files: { path: string; sha512: string; bytes: number }[];
}

/** The metadata once more as XML with elements of Dublin Core, for archives that read no JSON. */
export function archiveXml(about: About, sessions: readonly ArchivedSession[]): string {
	const element = (name: string, value: string | null) => (value ? `<${name}>${xml(value)}</${name}>` : '');
	const version = (one: ArchivedSession['versions'][number]) =>
		`<version number="${one.number}">${element('created', one.fixedAt)}${element('sha512', one.sha512)}${element('reason', one.reason)}${one.signatures
			.map(
				({ role, name, function: post, signedOn, method }) =>
					`<signature role="${xml(role)}" method="${xml(method)}">${element('dc:creator', name)}${element('function', post)}${element('dc:date', signedOn)}</signature>`,
			)
			.join('')}</version>`;
	const session = (one: ArchivedSession) =>
		`<session id="${xml(one.slug)}" state="${xml(one.state)}">${element('dc:title', one.title)}${element('dc:date', one.date)}${element('dc:publisher', one.body)}<dc:language>de</dc:language>${element('dc:rights', one.public ? 'public' : 'closed')}${element('approvedPublic', one.approvedPublicOn)}${element('approvedClosed', one.approvedClosedOn)}${one.versions.map(version).join('')}${one.files.map((file) => `<file path="${xml(file.path)}" kind="${xml(file.kind)}">${element('dc:title', file.title)}</file>`).join('')}</session>`;
	return `<?xml version="1.0" encoding="UTF-8"?>\n<archive xmlns:dc="http://purl.org/dc/elements/1.1/">${element('dc:publisher', about.town)}${element('dc:title', `${about.body}, ${about.term}`)}${element('from', about.from)}${element('until', about.until)}\n${sessions.map(session).join('\n')}\n</archive>\n`;
}

export interface Finding {
	path: string;
	what: 'missing' | 'changed' | 'unlisted' | 'version';
}

/**
 * Compares what lies in an archive with what its manifest says. `hashes` holds the sha-512 of every file found.
 * A version's canonical data must also have the hash under which it was signed.
 */
export function findings(manifest: Manifest, hashes: ReadonlyMap<string, string>): Finding[] {
	const found: Finding[] = [];
	for (const { path, sha512 } of manifest.files) {
		const actual = hashes.get(path);
		if (actual === undefined) found.push({ path, what: 'missing' });
		else if (actual !== sha512) found.push({ path, what: 'changed' });
	}
	const listed = new Set([MANIFEST, CHECKSUMS, ...manifest.files.map(({ path }) => path)]);
	for (const path of hashes.keys()) if (!listed.has(path)) found.push({ path, what: 'unlisted' });
	for (const session of manifest.sessions)
		for (const version of session.versions) {
			const path = `sitzungen/${session.slug}/fassung-${version.number}.json`;
			if (hashes.get(path) !== version.sha512) found.push({ path, what: 'version' });
		}
	return found;
}
