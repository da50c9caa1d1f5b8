import { expect, test } from 'vitest';
import type { Ctx } from '#kernel/ctx.ts';
import type { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation, addPerson } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { changeIn, draftIn, fileIn } from '../paper/commands.server.ts';
import { contentOf } from '../paper/content.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { usualTypes } from '../paper/types.server.ts';
import { approve, publishStatement } from './approval.server.ts';
import { handToMayor, saveDraft } from './draft.server.ts';
import { remindStatements } from './jobs.server.ts';
import { saveRule } from './rule-commands.server.ts';
import { DraftForm, RuleForm } from './schema.ts';

const database = await freshDatabase();
const { sql } = database;
const later = (days: number): Ctx => {
	const ctx = database.ctx();
	return Object.assign(ctx, { today: ctx.today.add({ days }), now: ctx.now.add({ hours: 24 * days }) });
};
const types = await write(database.ctx(), (tx) => usualTypes(tx));
const department = await write(database.ctx(), (tx) =>
	addOrganisation(tx, { name: 'Bauamt', type: 'department', classification: 'Amt' }),
);
const contact = await write(database.ctx(), (tx) => addPerson(tx, 'Wanda Probe'));
await sql(`update registry.person set email = 'wanda@probe.example' where id = $1`, [contact]);
await sql(
	`insert into registry.duty (body_id, id, person_id, duty, organisation_id, from_date) values ($1, gen_random_uuid(), $2, 'department', $3, '2020-01-01')`,
	[database.town.id, contact, department],
);
const DRAFT = DraftForm.parse({ title: 'Stellungnahme', recommendation: 'adopt', text: 'Wir sind dafür.' });

/** Files a motion. @returns the id of the statement it asks for */
async function asked(title: string, kind: 'motion' | 'inquiry' = 'motion', ctx = database.ctx()): Promise<string> {
	const paperId = await write(ctx, async (tx) => {
		const given = { typeId: types.get(kind), title, operative: 'Es werde.', departmentId: department };
		const id = await draftIn(tx, PaperForm.parse({ ...given, relevance: 'no' }));
		await fileIn(tx, id);
		return id;
	});
	const [row] = await sql<{ id: string }>('select statement_id as id from papers.statement_on where paper_id = $1', [
		paperId,
	]);
	return row!.id;
}

async function paperOf(statementId: string): Promise<string> {
	const [row] = await sql<{ id: string }>('select paper_id as id from papers.statement where id = $1', [statementId]);
	return row!.id;
}

const refusal = (work: Promise<unknown>) =>
	work.then(
		() => 'done',
		(error: unknown) => (error as RuleViolation).code,
	);

test('published by several at the same moment, a statement is one paper with one number', async () => {
	const id = await asked('Ein Brunnen');
	await handToMayor(database.ctx(), id, '', DRAFT);
	await approve(database.ctx(), id);
	const slugs = await Promise.all([1, 2, 3].map(() => publishStatement(database.ctx(), id)));
	expect(new Set(slugs).size).toBe(1);
	const relations = await sql(`select 1 from papers.paper_relation where from_paper_id = $1 and kind = 'answers'`, [
		await paperOf(id),
	]);
	expect(relations).toHaveLength(1);
	const steps = await sql(`select 1 from papers.statement_step where statement_id = $1 and act = 'published'`, [id]);
	expect(steps).toHaveLength(1);
});

test('whichever way it is filed: only words that the mayor approved, and a refused filing gives no number', async () => {
	const id = await asked('Eine Bank');
	await saveDraft(database.ctx(), id, DRAFT);
	const paperId = await paperOf(id);
	const file = () => write(database.ctx(), (tx) => fileIn(tx, paperId));
	expect(await refusal(file())).toBe('papers.statementNotApproved');
	await handToMayor(database.ctx(), id, '');
	await approve(database.ctx(), id);
	// Somebody changes the draft among the papers afterwards.
	await write(database.ctx(), async (tx) => {
		const paper = await tx.db
			.selectFrom('papers.paper')
			.selectAll()
			.where('id', '=', paperId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		await changeIn(tx, paper, { ...(await contentOf(tx, paper)), operative: 'Wir sind dagegen.' }, '');
	});
	expect(await refusal(publishStatement(database.ctx(), id))).toBe('papers.statementChanged');
	const [paper] = await sql<{ state: string; reference: string | null }>(
		'select state, reference from papers.paper where id = $1',
		[paperId],
	);
	expect(paper).toEqual({ state: 'draft', reference: null });
});

test('each reminder goes once, however often the morning run comes, and none after the statement is there', async () => {
	await sql('delete from kernel.mail');
	const id = await asked('Wie viele Bänke?', 'inquiry');
	const mails = async () =>
		(await sql<{ subject: string }>('select subject from kernel.mail order by id')).map(({ subject }) => subject);
	expect(await mails()).toHaveLength(1);
	const [due] = await sql<{ days: number }>(
		`select due_on - requested_on as days from papers.statement where id = $1`,
		[id],
	);
	for (const left of [20, 7, 7, 6, 3, 0, -1, -2]) await remindStatements(later(due!.days - left));
	const sent = (await mails()).slice(1).filter((subject) => subject.includes('F'));
	expect(sent.map((subject) => /^(Erinnerung|Überfällig)/.exec(subject)?.[1])).toEqual([
		'Erinnerung',
		'Erinnerung',
		'Erinnerung',
		'Überfällig',
	]);
	await handToMayor(database.ctx(), id, '', DRAFT);
	const before = (await mails()).length;
	await remindStatements(later(due!.days + 30));
	expect((await mails()).slice(before)).toEqual([]);
});

test('new periods count for what is asked for from their day on; statements under way keep theirs', async () => {
	const old = await asked('Wie viele Wege?', 'inquiry');
	const rule = {
		validFrom: later(1).today.toString(),
		beforeCommittee: 5,
		countedIn: 'workingDays',
		approvalDays: 2,
		inquiryDays: 7,
		coSignDays: 3,
		treatmentDays: 30,
		reminderDays: '3, 1',
		citation: 'Geschäftsordnung § 12',
	};
	await saveRule(database.ctx(), RuleForm.parse(rule));
	const fresh = await asked('Wie viele Stege?', 'inquiry', later(1));
	const days = async (id: string) =>
		(await sql<{ days: number }>('select due_on - requested_on as days from papers.statement where id = $1', [id]))[0]!
			.days;
	expect(await days(old)).toBeGreaterThan(20);
	expect(await days(fresh)).toBeLessThanOrEqual(7);
});

test('two colleagues save the same draft: the second is told, and nothing is overwritten unread', async () => {
	const id = await asked('Zwei Brücken');
	const save = (text: string, revision?: number) =>
		refusal(saveDraft(database.ctx(), id, DraftForm.parse({ ...DRAFT, text, revision })));
	expect(await save('Erste Fassung.', 0)).toBe('done');
	// Both had opened the empty form.
	expect(await save('Zweite Fassung.', 0)).toBe('papers.statementSavedSince');
	const [paper] = await sql<{ revision: number; text: string }>(
		'select revision, operative::text as text from papers.paper where id = $1',
		[await paperOf(id)],
	);
	expect(paper!.text).toContain('Erste Fassung.');
	expect(await save('Beide Fassungen.', paper!.revision)).toBe('done');
});
