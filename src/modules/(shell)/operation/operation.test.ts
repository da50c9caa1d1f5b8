import { beforeAll, expect, test } from 'vitest';
import { VISITOR, type Actor } from '#kernel/access/actor.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { giveUp, runAgain, sendAgain } from './commands.server.ts';
import { deskItems } from './desk.server.ts';
import { operationView } from './queries.server.ts';

let database: TestDatabase;
const person = (role: string): Actor => ({
	kind: 'person',
	accountId: 'a',
	personId: newId(),
	name: 'A',
	grants: [{ role, organisationId: null, personId: newId() }],
});
const administrator = () => database.ctx(person('administrator'));

beforeAll(async () => void (database = await freshDatabase()));

async function failedJob(town = database.town): Promise<string> {
	const ctx = database.ctx(undefined, town);
	await write(ctx, (tx) => tx.enqueue('kernel.search.sweep', {}));
	const [job] = await database.sql<{ id: string }>(
		`update graphile_worker._private_jobs set attempts = max_attempts, last_error = E'it broke\\n  at somewhere'
		 where id = (select max(id) from graphile_worker._private_jobs) returning id::text`,
	);
	return job!.id;
}

test('a failed job waits on the administrator’s desk, runs again at a press, and the log tells who pressed', async () => {
	const id = await failedJob();
	const [item] = await deskItems(administrator());
	expect(item).toMatchObject({ href: '/betrieb' });
	expect(await deskItems(database.ctx(person('office')))).toEqual([]);
	const { jobs } = await operationView(administrator());
	expect(jobs).toMatchObject([{ job: 'kernel.search.sweep', error: 'it broke' }]);
	await runAgain(administrator(), id);
	expect((await operationView(administrator())).jobs).toEqual([]);
	const [job] = await database.sql(
		`select attempts, last_error, run_at <= now() as due from graphile_worker._private_jobs where id = ${id}`,
	);
	expect(job).toEqual({ attempts: 0, last_error: null, due: true });
	const [entry] = await database.sql(`select act from kernel.audit_entry where kind = 'shell.operation'`);
	expect(entry).toEqual({ act: 'jobRetried' });
	// It is no failed one any more: a second press finds nothing.
	await expect(runAgain(administrator(), id)).rejects.toBeInstanceOf(NotFound);
});

test('a failed job can be given up; neither act reaches a job of another town or one that is still tried', async () => {
	const id = await failedJob();
	await giveUp(administrator(), id);
	expect((await operationView(administrator())).jobs).toEqual([]);
	const foreign = await failedJob(await database.addTown('Anderstadt'));
	await write(database.ctx(), (tx) => tx.enqueue('kernel.search.sweep', {}));
	const [waiting] = await database.sql<{ id: string }>('select max(id)::text as id from graphile_worker._private_jobs');
	for (const other of [foreign, waiting!.id, '1; drop table x', ''])
		for (const act of [runAgain, giveUp]) await expect(act(administrator(), other)).rejects.toBeInstanceOf(NotFound);
	expect((await operationView(administrator())).jobs).toEqual([]);
});

test('a mail that was given up is sent again; one to an address that does not exist is only shown', async () => {
	const letter = { to: 'zoe@example.org', locale: 'de', subject: 'Einladung', text: 'Text', html: 'Text' } as const;
	const [failed, bounced] = await write(database.ctx(), async (tx) => [
		await queueMail(tx, letter),
		await queueMail(tx, letter),
	]);
	await database.sql(`update kernel.mail set state = case when id = $1 then 'failed' else 'bounced' end`, [failed]);
	const { mails } = await operationView(administrator());
	expect(mails.map(({ id, state }) => [id, state]).sort()).toEqual(
		[
			[failed, 'failed'],
			[bounced, 'bounced'],
		].sort(),
	);
	await sendAgain(administrator(), failed!);
	await expect(sendAgain(administrator(), failed!)).rejects.toBeInstanceOf(NotFound);
	await expect(sendAgain(administrator(), bounced!)).rejects.toBeInstanceOf(NotFound);
	const [mail] = await database.sql('select state from kernel.mail where id = $1', [failed]);
	expect(mail).toEqual({ state: 'queued' });
});

test('is for administrators', async () => {
	await expect(operationView(database.ctx(VISITOR))).rejects.toBeInstanceOf(NotFound);
	await expect(operationView(database.ctx(person('office')))).rejects.toBeInstanceOf(Forbidden);
	await expect(runAgain(database.ctx(person('office')), '1')).rejects.toBeInstanceOf(Forbidden);
});
