import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { OPERATOR } from '#kernel/access/actor.ts';
import { verifyAudit } from '#kernel/audit/verify.ts';
import { backUp } from '#kernel/backup/backup.ts';
import { checkBackup } from '#kernel/backup/check.ts';
import { restore } from '#kernel/backup/restore.ts';
import { openStore } from '#kernel/files/store.ts';
import { createAccount, findAccount } from '#kernel/identity/accounts.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { closeRuntime, installRuntime, runtime } from '#kernel/runtime.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import { write } from '#kernel/write.ts';
import { addPerson, linkAccount } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { eraseForGood } from './commands.server.ts';
import { Erasure, erasures, repeatErasures } from './erasures.server.ts';

const database = await freshDatabase();
const { superuser, app, owner } = inject('server');

async function emptyDatabase(): Promise<string> {
	const name = `e_${randomBytes(6).toString('hex')}`;
	const client = new pg.Client(superuser);
	await client.connect();
	await client.query(`create database ${name} template ${inject('server').template} owner mitrat_owner`);
	await client.end();
	return name;
}

test('who was erased after a backup is erased again when it had to be restored', async () => {
	const email = 'wilma@rat.example';
	const account = await createAccount({ email, name: 'Wilma Ziegenhals' });
	const [wilma, nele] = await write(database.ctx(), async (tx) => {
		const both = [await addPerson(tx, 'Wilma Ziegenhals'), await addPerson(tx, 'Nele Quast')] as const;
		await linkAccount(tx, both[0], { id: account.id, email });
		return both;
	});
	const folder = join(database.dataDir, 'saved');
	const { config } = runtime();
	await backUp(folder, { owner: database.owner, store: openStore(config), dataDir: database.dataDir, program: 'test' });

	await eraseForGood(database.ctx(), wilma);
	// As it lies in a file beside the backups: it names nobody.
	const list = Erasure.array().parse(JSON.parse(JSON.stringify(await erasures(database.ctx()))));
	expect(list).toMatchObject([{ town: database.town.id, person: wilma }]);
	expect(JSON.stringify(list)).not.toMatch(/Wilma|Ziegenhals|@/);

	const name = await emptyDatabase();
	await restore(
		await checkBackup(folder),
		{ owner: { ...owner, database: name }, appRole: app.user!, store: openStore(config) },
		{ jobs: true },
	);
	await closeRuntime();
	installRuntime(config, { ...app, database: name });
	forgetTowns();
	const [town] = await allTowns();
	const ctx = contextFor(town!, OPERATOR);
	const nameOf = async (id: string) =>
		(await ctx.db.selectFrom('registry.person').select('family_name').where('id', '=', id).executeTakeFirstOrThrow())
			.family_name;
	expect(await nameOf(wilma)).toBe('Ziegenhals');
	expect(await findAccount(email)).toBeDefined();

	expect(await repeatErasures(ctx, list)).toEqual({ again: 1, nothing: 0, lastAdministrators: [] });
	expect([await nameOf(wilma), await nameOf(nele)]).toEqual(['', 'Quast']);
	expect(await findAccount(email)).toBeUndefined();
	expect((await verifyAudit(ctx)).ok).toBe(true);
	// A second time there is nothing to do, and a stranger's number does no harm.
	const stranger = { ...list[0]!, person: '01a1fe6b-0000-7000-8000-00000000000a' };
	expect(await repeatErasures(ctx, [...list, stranger])).toEqual({ again: 0, nothing: 2, lastAdministrators: [] });
	await endRequest(ctx);
});
