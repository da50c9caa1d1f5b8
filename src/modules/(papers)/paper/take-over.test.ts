import { expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { nextNumber } from './numbers.server.ts';
import { takeOverPaper, type TakenOverPaper } from './take-over.server.ts';
import { usualTypes } from './types.server.ts';

const database = await freshDatabase();
const types = await write(database.ctx(), (tx) => usualTypes(tx));
const day = Temporal.PlainDate.from('2022-10-27');

async function oldPaper(more: Partial<TakenOverPaper> = {}): Promise<TakenOverPaper> {
	const fileId = newId();
	await database.sql(
		`insert into kernel.file (body_id, id, sha512, size, media_type, format, name)
		 select id, $1::uuid, $1::text, 1, 'text/plain', 'txt', 'alt.txt' from kernel.town limit 1`,
		[fileId],
	);
	return {
		typeId: types.get('motion')!,
		number: { kind: 'printed', text: 'A 0193 / 2022' },
		title: 'Bänke am Kai',
		date: day,
		operative: 'Es werden Bänke aufgestellt.',
		reasons: '',
		departmentId: null,
		districts: [],
		originators: [],
		signatory: { name: '', personId: null },
		public: true,
		closedReason: '',
		stations: [],
		relations: [],
		original: { fileId, name: 'alt.txt', public: false },
		...more,
	};
}

const take = (given: TakenOverPaper) => write(database.ctx(), (tx) => takeOverPaper(tx, given));

test('five who take the same number over at once make one paper, and the others are told which', async () => {
	const papers = await Promise.all(Array.from({ length: 5 }, () => oldPaper()));
	const results = await Promise.allSettled(papers.map(take));
	const made = results.filter((result) => result.status === 'fulfilled');
	expect(made.map(({ value }) => value.reference)).toEqual(['A0193/22']);
	for (const result of results) {
		if (result.status === 'fulfilled') continue;
		expect(result.reason).toBeInstanceOf(RuleViolation);
		expect(result.reason).toMatchObject({ code: 'paperExists', params: { reference: 'A0193/22', slug: 'a0193-22' } });
	}
});

test('new numbers go on behind old ones; an older number taken over later moves nothing back', async () => {
	await take(await oldPaper({ number: { kind: 'printed', text: 'A0007/22' } }));
	await take(await oldPaper({ number: { kind: 'printed', text: 'A0193/22/1' } }));
	const next = await write(database.ctx(), (tx) => nextNumber(tx, schemeOf(), Temporal.PlainDate.from('2022-12-01')));
	expect(next.reference).toBe('A0194/22');
	const [row] = await database.sql<{ suffix: number }>(
		`select suffix from papers.paper where reference = 'A0193/22/1'`,
	);
	expect(row!.suffix).toBe(1);
});

const [scheme] = await database.sql<{ id: string }>(`select id from papers.numbering_scheme where prefix = 'A'`);
const schemeOf = () => scheme!.id;

test('what fails leaves no number behind, and a stranger takes nothing over', async () => {
	const station = { organisationId: null, role: 'deciding', date: null, public: true, held: false } as const;
	const wrong = await oldPaper({ number: { kind: 'printed', text: 'A0500/22' }, stations: [station, station] });
	await expect(take(wrong)).rejects.toMatchObject({ code: 'decidesTwice' });
	const next = await write(database.ctx(), (tx) => nextNumber(tx, schemeOf(), day));
	expect(next.reference).toBe('A0195/22');
	const given = await oldPaper();
	await expect(write(database.ctx(VISITOR), (tx) => takeOverPaper(tx, given))).rejects.toThrow(NotFound);
});

test('nobody is asked for a statement on an old motion', async () => {
	const old = await database.sql(`select 1 from papers.paper where taken_over and state = 'filed'`);
	expect(old).toHaveLength(3);
	expect(await database.sql(`select 1 from papers.statement`)).toEqual([]);
});
