import { VISITOR } from '../../src/kernel/access/actor.ts';
import type { Ctx } from '../../src/kernel/ctx.ts';
import type { Town } from '../../src/kernel/town.ts';
import { allTowns, forgetTowns } from '../../src/kernel/towns.ts';
import { loadDemonstration } from '../../src/server/demonstration.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** A database of its own with the demonstration's town and nothing else, and who may ask there. */
export interface DemonstrationDatabase extends TestDatabase {
	/** The demonstration's. */
	demonstration: Town;
	/** A new request of the program itself, which sees everything of the town. */
	office(): Ctx;
	/** A new request of a visitor. */
	stranger(): Ctx;
}

/** Call it at the top level of a test file; one per file. */
export async function demonstrationDatabase(): Promise<DemonstrationDatabase> {
	const database = await freshDatabase();
	await becomeDemonstration(database);
	const [town] = await allTowns();
	return {
		...database,
		demonstration: town!,
		office: () => database.ctx(undefined, town!),
		stranger: () => database.ctx(VISITOR, town!),
	};
}

/** Puts the demonstration in the place of the town that a fresh database has. */
export async function becomeDemonstration({ owner, app, sql }: TestDatabase): Promise<void> {
	await sql('delete from kernel.town');
	forgetTowns();
	await loadDemonstration({ owner, app, embedded: false, joined: true, close: async () => undefined });
}
