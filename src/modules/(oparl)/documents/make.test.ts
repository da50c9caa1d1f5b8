/** Documents that the program makes of public records: kept, told, and taken back with what they say. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileStore } from '#kernel/files/open-store.ts';
import { DEFAULT_LIMITS } from '#kernel/files/limits.ts';
import { readPdf } from '#kernel/files/pdf.ts';
import { write } from '#kernel/write.ts';
import { publicState } from '#kernel/changes/public-state.ts';
import { demonstrationDatabase } from '../../../../tests/support/demonstration.ts';
import { tellAnew } from '../project/follow.server.ts';
import { fileWasPublic, showsFile } from '../serve/files.server.ts';
import { makeDocuments } from './make.server.ts';

const { sql, demonstration: town, office, stranger } = await demonstrationDatabase();

interface Told {
	type: string;
	id: string;
	file: string | null;
	deleted: boolean;
	document: Record<string, unknown>;
}

async function told(type: string, where = 'not deleted'): Promise<Told[]> {
	return sql<Told>(
		`select type, id, file_id as file, deleted, document::jsonb as document from oparl.object where type = $1 and ${where} order by id`,
		[type],
	);
}

async function waiting(): Promise<number> {
	const [row] = await sql<{ n: number }>('select count(*)::int as n from oparl.unmade');
	return row!.n;
}

async function makeAll(): Promise<void> {
	while (await waiting()) await makeDocuments(office());
}

const made = async () =>
	sql<{ id: string; file: string; part: string; root: string; item: string | null }>(
		`select d.id, d.file_id as file, d.part, d.root_id as root, d.item_id as item from oparl.made_file d
		join oparl.object o on o.file_id = d.file_id and not o.deleted where d.current order by d.id`,
	);

const SECRET = 'Verschlusssache Blau';

beforeAll(async () => {
	await sql(`update council.agenda_item set title = $1, neutral_title = 'Personalsache' where not public`, [SECRET]);
	await makeAll();
});

describe('documents of public records', () => {
	test('are looked at by one job, some time after the first change', async () => {
		const jobs = () =>
			sql<{ at: Date }>(`select j.run_at as at from graphile_worker._private_jobs j
				join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'oparl.documents'`);
		await sql('delete from graphile_worker._private_jobs');
		const [paper] = (await made()).filter(({ part }) => part === 'paper');
		for (const act of ['one', 'two'])
			await write(office(), async (tx) => tx.touch('papers.paper', paper!.root, { act }));
		expect(await jobs()).toHaveLength(1);
		await makeAll();
	});

	test('are told as files where OParl has a place for each', async () => {
		const parts = new Set((await made()).map(({ part }) => part));
		expect([...parts].sort()).toEqual(['invitation', 'minutes', 'paper', 'resolution']);
		const property = {
			invitation: 'invitation',
			minutes: 'resultsProtocol',
			resolution: 'resolutionFile',
			paper: 'mainFile',
		};
		for (const { id, part, root, item } of await made()) {
			const type = part === 'paper' ? 'Paper' : part === 'resolution' ? 'AgendaItem' : 'Meeting';
			const [holder] = (await told(type)).filter((one) => one.id === (item ?? root));
			const file = holder!.document[property[part as keyof typeof property]] as { id: string };
			expect(file.id, part).toMatch(new RegExp(`/file/${id}$`));
		}
	});

	test('are kept as they are told: bytes, size, checksum, for everybody', async () => {
		for (const { document, file } of await told('File')) {
			const [row] = await sql<{ sha512: string; size: number }>(
				'select sha512, size::int from kernel.file where id = $1',
				[file],
			);
			const bytes = await fileStore().read(row!.sha512);
			expect(document.size).toBe(bytes.length);
			expect(document.sha512Checksum).toBe(createHash('sha512').update(bytes).digest('hex'));
			expect(document.accessUrl).toMatch(new RegExp(`/dateien/${file}$`));
		}
		for (const { file } of await made()) expect(await showsFile(stranger(), file)).toBe(true);
	});

	test('hold nothing of a closed item but its neutral title', async () => {
		for (const { file } of await made()) {
			const [row] = await sql<{ sha512: string }>('select sha512 from kernel.file where id = $1', [file]);
			const text = (await readPdf(await fileStore().read(row!.sha512), DEFAULT_LIMITS)).join('\n');
			expect(text).not.toContain(SECRET);
		}
		const [agenda] = await sql<{
			sha512: string;
		}>(`select f.sha512 from oparl.made_file d join kernel.file f on f.id = d.file_id
			join council.agenda_item i on i.meeting_id = d.root_id and not i.public where d.part = 'invitation' limit 1`);
		expect((await readPdf(await fileStore().read(agenda!.sha512), DEFAULT_LIMITS)).join('\n')).toContain(
			'Personalsache',
		);
	});

	test('what is looked at again and says the same stays the same, and nobody feels it', async () => {
		const before = await made();
		const { toldSeq } = await publicState(town.id);
		const [meeting] = before.filter(({ part }) => part === 'minutes');
		await write(office(), async (tx) => tx.touch('council.meeting', meeting!.root, { act: 'lookedAt' }));
		expect(await waiting()).toBeGreaterThan(0);
		await makeAll();
		expect(await made()).toEqual(before);
		expect((await publicState(town.id)).toldSeq).toBe(toldSeq);
	});

	test('a closed change is felt by nobody', async () => {
		const { toldSeq } = await publicState(town.id);
		const [item] = await sql<{ id: string; meeting: string }>(
			`select i.id, i.meeting_id as meeting from council.agenda_item i join oparl.made_file d on d.root_id = i.meeting_id
			where not i.public and d.part = 'minutes' limit 1`,
		);
		await write(office(), async (tx) => {
			await tx.db
				.updateTable('council.agenda_item')
				.set({ title: 'Anderes Geheimnis' })
				.where('id', '=', item!.id)
				.execute();
			tx.touch('council.meeting', item!.meeting, { act: 'changed' });
		});
		await makeAll();
		expect((await publicState(town.id)).toldSeq).toBe(toldSeq);
	});
});

describe('a document that does not say what the record says', () => {
	test('is gone at once when an item is closed, and comes back without it under its old name', async () => {
		const [extract] = (await made()).filter(({ part }) => part === 'resolution');
		const before = (await made()).filter(({ root }) => root === extract!.root);
		const close = (shut: boolean) =>
			write(office(), async (tx) => {
				const values = { public: !shut, neutral_title: 'Nichtöffentlicher Punkt' };
				await tx.db.updateTable('council.agenda_item').set(values).where('id', '=', extract!.item!).execute();
				tx.touch('council.meeting', extract!.root, { act: 'changed' });
			});
		await close(true);
		for (const { file } of before) {
			expect(await showsFile(stranger(), file)).toBe(false);
			expect(await fileWasPublic(stranger(), file)).toBe(true);
		}
		expect((await told('File', 'deleted')).map(({ id }) => id)).toEqual(
			expect.arrayContaining(before.map(({ id }) => id)),
		);
		await makeAll();
		const after = (await made()).filter(({ root }) => root === extract!.root);
		expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id).filter((id) => id !== extract!.id));
		const agenda = (all: typeof before) => all.find(({ part }) => part === 'invitation')?.file;
		expect(agenda(after)).not.toBe(agenda(before));
		expect(await fileWasPublic(stranger(), agenda(before)!)).toBe(true);
		await close(false);
		await makeAll();
	});

	test('minutes that are taken back take their files with them', async () => {
		const [minutes] = await sql<{ file: string; root: string }>(
			`select d.file_id as file, d.root_id as root from oparl.made_file d join council.minutes_record r on r.meeting_id = d.root_id
			where d.part = 'minutes' and d.current limit 1`,
		);
		const withdraw = (at: Temporal.Instant | null) =>
			write(office(), async (tx) => {
				await tx.db
					.updateTable('council.minutes_record')
					.set({ withdrawn_at: at })
					.where('meeting_id', '=', minutes!.root)
					.execute();
				tx.touch('council.meeting', minutes!.root, { act: 'changed' });
			});
		await withdraw(office().now);
		expect(await showsFile(stranger(), minutes!.file)).toBe(false);
		expect(await fileWasPublic(stranger(), minutes!.file)).toBe(true);
		await makeAll();
		expect((await made()).filter(({ root }) => root === minutes!.root).map(({ part }) => part)).toEqual(['invitation']);
		await withdraw(null);
		await makeAll();
		expect((await made()).some(({ root, part }) => root === minutes!.root && part === 'minutes')).toBe(true);
	});

	test('a paper that is not public any more takes its file with it', async () => {
		const [paper] = (await made()).filter(({ part }) => part === 'paper');
		await write(office(), async (tx) => {
			await tx.db.updateTable('papers.paper').set({ depublished_at: tx.now }).where('id', '=', paper!.root).execute();
			tx.touch('papers.paper', paper!.root, { act: 'changed' });
		});
		expect(await showsFile(stranger(), paper!.file)).toBe(false);
		expect(await fileWasPublic(stranger(), paper!.file)).toBe(true);
		await makeAll();
		expect(await showsFile(stranger(), paper!.file)).toBe(false);
	});

	test('the nightly look finds nothing to mend', async () => {
		expect(await tellAnew(office())).toBe(0);
		expect(await waiting()).toBe(0);
	});
});
