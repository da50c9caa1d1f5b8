import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { addOffice, endHolding, holdOffice, type OfficeKind } from '#server/registry';
import { electedChair, endPost, lockBody } from './posts.server.ts';
import { someone } from './someone.server.ts';

/** A function of the body or working group that one person after the other holds: its speaker, for example. */
export async function addFunction(
	ctx: Ctx,
	councilBodyId: string,
	given: { title: string; kind: OfficeKind; from: string; person: string | null; name: string },
): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		const officeId = await addOffice(tx, { title: given.title, kind: given.kind, organisationId: councilBodyId });
		if (given.person || given.name) await take(tx, officeId, given, 'name');
		tx.touch('council.councilBody', councilBodyId, { act: 'functionAdded', fields: { title: given.title } });
	});
}

/**
 * Somebody takes a function from a day on; whoever had it until then has it no longer.
 * @throws RuleViolation `council.holderThere` when the same person has it then, `council.noPerson`; NotFound
 */
export async function passFunction(
	ctx: Ctx,
	councilBodyId: string,
	given: { office: string; from: string; person: string | null; name: string },
): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	await write(ctx, async (tx) => {
		await lockBody(tx, councilBodyId);
		const office = await tx.db
			.selectFrom('registry.office')
			.select('id')
			.where('id', '=', given.office)
			.where('organisation_id', '=', councilBodyId)
			.executeTakeFirst();
		if (!office) throw new NotFound('function');
		await take(tx, office.id, given, 'name');
		tx.touch('council.councilBody', councilBodyId, { act: 'functionPassed', fields: { from: given.from } });
	});
}

async function take(
	tx: WriteCtx,
	officeId: string,
	given: { from: string; person: string | null; name: string },
	field: string,
): Promise<void> {
	const from = Temporal.PlainDate.from(given.from);
	const personId = await someone(tx, given, field);
	const held = await tx.db
		.selectFrom('registry.office_holding')
		.select(['id', 'person_id'])
		.where('office_id', '=', officeId)
		.where((eb) => eb.or([eb('until_date', 'is', null), eb('until_date', '>', from)]))
		.execute();
	if (held.some((row) => row.person_id === personId)) throw new RuleViolation('council.holderThere', {}, field);
	for (const { id } of held) await endHolding(tx, id, from);
	await holdOffice(tx, { officeId, personId, from, until: null });
}

/** Enters the result of an election that was held elsewhere, or before this program. @throws as `electedChair` */
export async function enterChair(
	ctx: Ctx,
	councilBodyId: string,
	given: { chair: string; deputies: string[]; on: string },
): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const { chair: personId, deputies } = given;
	const on = Temporal.PlainDate.from(given.on);
	await write(ctx, (tx) => electedChair(tx, { councilBodyId, personId, deputies, on }));
}

/** Somebody lays down a post and stays a member. */
export async function layDownPost(
	ctx: Ctx,
	councilBodyId: string,
	given: { membership: string; post: 'chair' | 'deputyChair' | 'board' | 'speaker' | 'managingOffice'; on: string },
): Promise<void> {
	demand(ctx.actor, 'council.structure', councilBodyId);
	const { membership: membershipId, post } = given;
	await write(ctx, (tx) => endPost(tx, { councilBodyId, membershipId, post, on: Temporal.PlainDate.from(given.on) }));
}
