import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { insertDistrict, setDistricts } from './commands.server.ts';

/** Districts of the demonstration town; all invented. */
const DISTRICTS = [
	['Altstadt', ''],
	['Nordhafen', ''],
	['Weidengrund', ''],
	['Kranichwerder', ''],
	['Südanger', ''],
	['Siedlung am Ziegelteich', 'Ziegelteich'],
] as const;

/** What some of the demonstration's papers concern; the others concern the whole town. */
const NAMED: Record<string, string[]> = {
	'Beratung am Samstag': ['Südanger'],
	'Aushänge in einfacher Sprache': ['Nordhafen', 'Siedlung am Ziegelteich'],
	'Änderungsantrag zu den Aushängen in einfacher Sprache': ['Nordhafen', 'Siedlung am Ziegelteich'],
	'Offener Brief zum Kursangebot am Abend': ['Nordhafen', 'Kranichwerder'],
	'Wegweiser im Bürgeramt': ['Altstadt'],
};

/** The town's list of districts, and the papers that name some; all invented. */
export async function demoDistricts(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const ids = new Map<string, string>();
		for (const [index, [name, shortName]] of DISTRICTS.entries()) {
			const id = newId();
			ids.set(name, id);
			await insertDistrict(tx, { id, name, shortName, position: index + 1 });
		}
		const papers = await tx.db
			.selectFrom('papers.paper')
			.select(['id', 'title'])
			.where('title', 'in', Object.keys(NAMED))
			.execute();
		for (const { id, title } of papers) {
			await setDistricts(
				tx,
				id,
				NAMED[title]!.map((name) => ids.get(name)!),
			);
			tx.touch('papers.paper', id, { act: 'changed' });
		}
	});
}
