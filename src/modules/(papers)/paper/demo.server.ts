import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { detectFormat } from '#kernel/files/detect.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { draftIn, fileIn } from './commands.server.ts';
import { addFile } from './files.server.ts';
import { insertRelation } from './relations.server.ts';
import { PaperForm } from './schema.ts';
import { findOrAddTopic, setTopics } from './topics.server.ts';

type Ids = (name: string) => string;

/** A motion of two groups, filed eleven weeks ago, an information with figures, and a draft of a member; all invented. */
export async function demoPapers(ctx: Ctx, types: Map<string, string>): Promise<void> {
	const names = ['Fraktion Grüne Elbe', 'Fraktion Linkes Ufer', 'Bürgeramt'];
	const found = await ctx.db
		.selectFrom('registry.organisation')
		.select(['id', 'name'])
		.where('name', 'in', names)
		.execute();
	const idOf: Ids = (name) => found.find((row) => row.name === name)!.id;
	const stored = await fileStore().put(Buffer.from(FIGURES));
	await write(ctx, async (tx) => {
		const motion = await filed(tx, {
			typeId: types.get('motion'),
			title: 'Dolmetschen im Bürgerbüro',
			longTitle: 'Verständigung sichern: Dolmetscherinnen und Dolmetscher im Bürgerbüro',
			operative:
				'Der Stadtrat möge beschließen:\n\n1. Im Bürgerbüro wird an drei Tagen je Woche vor Ort gedolmetscht.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat in einem halben Jahr über Nachfrage und Kosten.',
			reasons:
				'Fast jedes vierte Gespräch im Bürgerbüro musste im vergangenen Jahr verschoben werden, weil niemand dolmetschen konnte. Verwandte und Kinder sollen diese Aufgabe nicht übernehmen müssen.',
			costs: 'rund 46.000 Euro im Jahr',
			date: ctx.today.subtract({ weeks: 11 }).toString(),
			departmentId: idOf('Bürgeramt'),
			originators: [idOf('Fraktion Grüne Elbe'), idOf('Fraktion Linkes Ufer')],
			relevance: 'yes',
			relevanceReason: 'Wer wenig Deutsch spricht, ist auf Verständigung angewiesen.',
		});
		const reference = await referenceOf(tx, motion);
		await setTopics(tx, motion, [await findOrAddTopic(tx, 'Sprache und Verständigung')]);
		const information = await filed(tx, {
			typeId: types.get('information'),
			title: 'Gespräche mit Dolmetschenden im Bürgerbüro',
			reasons: `Die Verwaltung legt die Zahlen vor, auf die sich ${reference} bezieht.\n\n| Sprache | Gespräche |\n| --- | --- |\n| Ukrainisch | 412 |\n| Arabisch | 305 |\n| Vietnamesisch | 148 |`,
			date: ctx.today.subtract({ weeks: 6 }).toString(),
			dataDate: ctx.today
				.with({ month: 6, day: 30 })
				.subtract({ years: ctx.today.month > 7 ? 0 : 1 })
				.toString(),
			departmentId: idOf('Bürgeramt'),
			relevance: 'yes',
			relevanceReason: 'Es geht um Verständigung.',
		});
		await attachFigures(tx, information, stored);
		await insertRelation(tx, { from: information, to: motion, reference, kind: 'answers', state: 'confirmed' });
		await memberDraft(tx, types);
	});
}

/** The information's figures month by month. */
const FIGURES = [
	'Monat;Ukrainisch;Arabisch;Vietnamesisch',
	'Januar;71;48;26',
	'Februar;64;53;22',
	'März;70;51;25',
	'April;66;49;24',
	'Mai;73;55;27',
	'Juni;68;49;24',
	'',
].join('\r\n');

async function attachFigures(
	tx: WriteCtx,
	paperId: string,
	{ hash, size }: { hash: string; size: number },
): Promise<void> {
	const fileId = newId();
	const name = 'gespraeche-buergerbuero.csv';
	const { format, mediaType } = detectFormat(Buffer.from(FIGURES), name);
	const file = { id: fileId, sha512: hash, size, media_type: mediaType, format, name };
	await tx.db.insertInto('kernel.file').values(file).execute();
	const title = 'Gespräche nach Monat und Sprache';
	await addFile(tx, paperId, { fileId, title, kind: 'annex', public: true, closedReason: '', text: FIGURES });
}

async function filed(tx: WriteCtx, given: Record<string, unknown>): Promise<string> {
	const id = await draftIn(tx, PaperForm.parse(given));
	await fileIn(tx, id);
	return id;
}

async function referenceOf(tx: WriteCtx, id: string): Promise<string> {
	const { reference } = await tx.db
		.selectFrom('papers.paper')
		.select('reference')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return reference!;
}

/** A draft that a member began, with a remark, so that their desk has something to write on. */
async function memberDraft(tx: WriteCtx, types: Map<string, string>): Promise<void> {
	const author = await tx.db
		.selectFrom('registry.person')
		.select('id')
		.where('family_name', '=', 'Sandıkçı')
		.executeTakeFirst();
	if (!author) return;
	const id = await draftIn(
		tx,
		PaperForm.parse({
			typeId: types.get('recommendation'),
			title: 'Schilder am Bürgerbüro in Bildern',
			operative: 'Der Beirat empfiehlt:\n\n1. Die Wege im Bürgerbüro werden mit Bildern gezeigt.',
		}),
	);
	await tx.db.updateTable('papers.paper').set({ created_by: author.id }).where('id', '=', id).execute();
	await tx.db
		.insertInto('papers.draft_comment')
		.values({
			id: newId(),
			paper_id: id,
			part: 'operative',
			text: 'Fotos der Türen fehlen noch.',
			written_by: author.id,
			written_at: tx.now,
		})
		.execute();
}
