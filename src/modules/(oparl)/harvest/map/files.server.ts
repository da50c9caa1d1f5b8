import type { WriteCtx } from '#kernel/ctx.ts';
import type { FileElsewhere } from '#kernel/taken-from.ts';
import type { Said } from '../reading/foreign.ts';
import { createdOf, type Batch, type Waiting } from './batch.server.ts';

type Told = Waiting<'File'> & { document: NonNullable<Waiting<'File'>['document']> };

/** What holds files, and how its module keeps them. */
export interface FileHolder {
	kind: 'Meeting' | 'Paper';
	/** What a file is here, by where it stood. */
	kindOf: (said: Said['File']) => string;
	/** @returns the record whose file was here */
	takeBack: (tx: WriteCtx, id: string) => Promise<string | null>;
	/** Files that lie at the source, by record. */
	at: (tx: WriteCtx, ids: readonly string[]) => Promise<Map<string, FileElsewhere[]>>;
	link: (tx: WriteCtx, rows: { id: string; files: FileElsewhere[] }[]) => Promise<void>;
}

/** A file of the batch as a link to where it lies; null when nothing says where. */
export interface ToldFile {
	one: Told;
	file: FileElsewhere | null;
}

/** Files that the batch tells, each kept under its id where its record is here; null where not. Once a batch, after its records are kept. */
export async function toldFiles(batch: Batch, { kind, kindOf }: FileHolder): Promise<ToldFile[]> {
	const all = batch.of('File');
	await batch.know(all.flatMap(({ parent, root }) => [parent, root]));
	return all.map((one) => {
		const isHere = batch.local(one.root, kind) !== null;
		return { one, file: isHere ? elsewhere(batch, one, kindOf(one.document.said)) : null };
	});
}

/**
 * Files that lie at the source are links until their bytes are fetched. Only records whose list is another one are written.
 * @returns records of which a file changed
 */
export async function mapFiles(batch: Batch, holder: FileHolder, given?: ToldFile[]): Promise<Set<string>> {
	const { tx, findings } = batch;
	const told = given ?? (await toldFiles(batch, holder));
	const gone = batch.goneOf('File').filter(({ localId }) => localId);
	const named = told.map(({ one }) => one);
	await batch.know(gone.map(({ root }) => root));
	const holderOf = (one: Waiting) => batch.local(one.root, holder.kind);
	const ids = [...new Set([...named, ...gone].map(holderOf).filter((id) => id !== null))];
	const touched = new Set(ids);
	// A file that changed is a link again until its bytes are fetched.
	for (const { localId } of [...gone, ...named.filter((one) => one.localId)]) {
		const id = await holder.takeBack(tx, localId!);
		if (id) touched.add(id);
	}
	if (!ids.length) return touched;
	const before = await holder.at(tx, ids);
	const lost = new Set(gone.map(({ localId }) => localId));
	const files = new Map([...before].map(([id, list]) => [id, list.filter((file) => !lost.has(file.id))]));
	for (const { one, file } of told) {
		const id = holderOf(one);
		if (!id || !file) findings.add('File', id ? 'notFound' : 'orphan', one.id);
		else {
			if (holder.kind === 'Meeting') file.itemId = batch.local(one.parent, 'AgendaItem');
			files.set(id, [...(files.get(id) ?? []).filter((other) => other.id !== file.id), file]);
		}
	}
	const changed = [...files].filter(([id, list]) => !isSame(before.get(id) ?? [], list));
	if (changed.length)
		await holder.link(
			tx,
			changed.map(([id, list]) => ({ id, files: list })),
		);
	return touched;
}

/** The database keeps properties in an order of its own. */
function isSame(one: FileElsewhere[], other: FileElsewhere[]): boolean {
	const text = (files: FileElsewhere[]) => JSON.stringify(files.map((file) => Object.entries(file).sort()));
	return text(one) === text(other);
}

function elsewhere(batch: Batch, one: Told, kind: string): FileElsewhere | null {
	const { said } = one.document;
	const url = said.accessUrl ?? said.downloadUrl;
	if (!url || !/^https?:/.test(url)) return null;
	if (said.fileLicense) batch.tellOn(one, { fileLicense: said.fileLicense });
	return {
		id: batch.keep(one),
		kind,
		title: said.name || said.fileName || 'Datei',
		name: said.fileName || said.name || 'datei',
		mediaType: said.mimeType || 'application/octet-stream',
		size: said.size,
		url,
		created: createdOf(one, batch.tx.now),
	};
}
