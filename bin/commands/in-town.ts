import { readConfig } from '#kernel/config.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { UserError } from '#kernel/errors.ts';

/** The named town is not here, or none was named where there are several. */
export class UnknownTown extends UserError {}

/**
 * Runs work of the command line in a town: opens the database (joining a running server's), installs runtime and modules,
 * acts as the operator, and closes everything again.
 * @param townName name, short name, host or id; needed only where several towns share the installation
 * @throws UserError when there is no town yet; UnknownTown
 */
export function inTown<T>(townName: string | undefined, work: (ctx: Ctx) => Promise<T>): Promise<T> {
	return withRuntime(() => asOperator(townName, work));
}

async function withRuntime<T>(work: () => Promise<T>): Promise<T> {
	const config = readConfig();
	const { openDatabase } = await import('#kernel/db/database.ts');
	const database = await openDatabase(config);
	try {
		const { migrateDatabase } = await import('../../src/server/steps.ts');
		await migrateDatabase(database);
		const { closeRuntime, installRuntime } = await import('#kernel/runtime.ts');
		installRuntime(config, database.app);
		try {
			return await work();
		} finally {
			await closeRuntime();
		}
	} finally {
		await database.close();
	}
}

/** The same in every town, one after the other. @returns what each said */
export async function inEveryTown<T>(work: (ctx: Ctx) => Promise<T>): Promise<T[]> {
	return withRuntime(async () => {
		const { allTowns } = await import('#kernel/towns.ts');
		const said: T[] = [];
		for (const town of await allTowns()) said.push(await asOperator(town.id, work));
		return said;
	});
}

async function asOperator<T>(townName: string | undefined, work: (ctx: Ctx) => Promise<T>): Promise<T> {
	const { allTowns } = await import('#kernel/towns.ts');
	const { OPERATOR } = await import('#kernel/access/actor.ts');
	const { contextFor, endRequest } = await import('#kernel/request.ts');
	const towns = await allTowns();
	if (!towns.length)
		throw new UserError('Es gibt noch keine Stadt: „mitrat setup“ legt eine an, „mitrat start“ die Vorführung.');
	const named = townName?.toLowerCase();
	const town = named
		? towns.find(({ id, name, shortName, hosts }) =>
				[id, name.toLowerCase(), shortName.toLowerCase(), ...hosts].includes(named),
			)
		: towns.length === 1
			? towns[0]
			: undefined;
	if (!town)
		throw new UnknownTown(
			`Welche Stadt ist gemeint? --town mit einem von: ${towns.map(({ shortName }) => shortName).join(', ')}.`,
		);
	const ctx = contextFor(town, OPERATOR);
	try {
		return await work(ctx);
	} finally {
		await endRequest(ctx);
	}
}
