import type { Ctx } from '#kernel/ctx.ts';
import { bodyRows } from '#server/council';
import { knownOrganisations, knownPersons } from '#server/registry';
import type { Known } from '../review/plan.ts';

/** What the register knows, for the plan of a record. */
export async function knownThings(ctx: Ctx): Promise<Known> {
	const [persons, organisations, bodies] = [
		await knownPersons(ctx),
		await knownOrganisations(ctx),
		await bodyRows(ctx),
	];
	return {
		persons,
		organisations,
		bodies: bodies.map(({ id, name, slug, votingSeats }) => ({ id, name, slug, votingSeats })),
	};
}
