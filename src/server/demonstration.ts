/** The demonstration town: its row, the living data of every module, sign-ins for each role. */
import pg from 'pg';
import { OPERATOR } from '#kernel/access/actor.ts';
import type { Database } from '#kernel/db/database.ts';
import { gatherStatistics } from '#kernel/db/statistics.ts';
import { createAccount, demonstrationAccounts, type DemonstrationRole } from '#kernel/identity/accounts.ts';
import { newId } from '#kernel/ids.ts';
import { installedModules } from '#kernel/module.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import type { Town, TownSettings } from '#kernel/town.ts';
import { forgetTowns } from '#kernel/towns.ts';
import { write } from '#kernel/write.ts';

const settings: TownSettings = {
	councilName: 'Beirat für Integration und Migration',
	openData: { licence: 'dl-zero-de/2.0' },
	contact: {
		office: 'Geschäftsstelle des Beirats für Integration und Migration',
		street: 'Am Markt 1',
		postcode: '00000',
		city: 'Elbstadt',
		email: 'beirat@elbstadt.example',
		phone: '00000 555-120',
	},
};

/** Who can sign in: address, role, and the person of the register that the account belongs to. */
const ACCOUNTS: { email: string; name: string; role: DemonstrationRole; family: string; given: string }[] = [
	{
		email: 'mitglied@elbstadt.example',
		name: 'Thi Lan Anh Brückner',
		role: 'member',
		given: 'Thi Lan Anh',
		family: 'Brückner',
	},
	{
		email: 'vorsitz@elbstadt.example',
		name: 'Nadiya Kowaltschenko',
		role: 'chair',
		given: 'Nadiya',
		family: 'Kowaltschenko',
	},
	{ email: 'buero@elbstadt.example', name: 'Ines Hallfurth', role: 'office', given: 'Ines', family: 'Hallfurth' },
	{ email: 'amt@elbstadt.example', name: 'Jörn Matthies', role: 'department', given: 'Jörn', family: 'Matthies' },
	{
		email: 'beauftragte@elbstadt.example',
		name: 'Shirin Adlerkamp',
		role: 'commissioner',
		given: 'Shirin',
		family: 'Adlerkamp',
	},
	{ email: 'ob@elbstadt.example', name: 'Renate Ohlendiek', role: 'mayor', given: 'Renate', family: 'Ohlendiek' },
	{
		email: 'verwaltung@elbstadt.example',
		name: 'Sabine Odefey',
		role: 'administrator',
		given: 'Sabine',
		family: 'Odefey',
	},
];

/**
 * Fills an empty database. The town stays invisible until everything is there; what a cut-off loading left is never seen,
 * and the next start loads anew.
 */
export async function loadDemonstration(database: Database): Promise<void> {
	const town = { id: newId(), name: 'Stadt Elbstadt', shortName: 'Elbstadt', timeZone: 'Europe/Berlin' };
	const owner = new pg.Client(database.owner);
	await owner.connect();
	try {
		await owner.query(
			'insert into kernel.town (id, name, short_name, demonstration, settings) values ($1, $2, $3, true, $4)',
			[town.id, town.name, town.shortName, JSON.stringify({ ...settings, loading: true })],
		);
		await fill({ ...town, ags: null, hosts: [], demonstration: true, settings });
		await gatherStatistics(owner);
		await owner.query(`update kernel.town set settings = settings - 'loading' where id = $1`, [town.id]);
	} finally {
		await owner.end();
		forgetTowns();
	}
}

async function fill(town: Town): Promise<void> {
	const ctx = contextFor(town, OPERATOR);
	try {
		for (const module of installedModules().servers) await module.demonstration?.(ctx);
		for (const { email, name, role, given, family } of ACCOUNTS) {
			const { id } = await createAccount({ email, name, demonstration: role });
			await write(ctx, async (tx) => {
				const person = await tx.db
					.updateTable('registry.person')
					.set({ account_id: id, email })
					.where('given_name', '=', given)
					.where('family_name', '=', family)
					.returning('id')
					.executeTakeFirstOrThrow();
				tx.touch('registry.person', person.id, { act: 'accountLinked' });
			});
		}
	} finally {
		await endRequest(ctx);
	}
}

/** Lines to print at the start: one click on the sign-in page is enough, the addresses serve for trying the mail link. */
export async function signIns(): Promise<string[]> {
	const accounts = await demonstrationAccounts();
	return accounts.map(({ email, name }) => `${email.padEnd(30)} ${name}`);
}
