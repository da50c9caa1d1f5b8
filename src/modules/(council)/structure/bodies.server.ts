import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Forbidden, NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation, changeOrganisation } from '#server/registry';
import { addCouncilBody } from '../commands/bodies.server.ts';
import { PRESETS } from '../rules/presets.ts';
import { lockBody } from './posts.server.ts';
import type { BodyFacts, NewBody } from './schema.ts';
import { insertSeat } from './seats.server.ts';
import { slugOf } from './slug.ts';

/** No body has this id: whoever may do something there may do it in the whole town. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** Addresses beside those of bodies. */
const RESERVED = ['anlegen'];

/** May this actor make bodies and change groups, not only what belongs to one body? @throws NotFound, Forbidden */
export function demandTownWide(ctx: Ctx): void {
	demand(ctx.actor, 'council.structure');
	if (!may(ctx.actor, 'council.structure', NOWHERE)) throw new Forbidden('council.structure');
}

/**
 * A council body with its first statute version and, if wished, the seats its preset proposes. A temporary working group
 * needs purpose, planned end and reporting day (rulebook R1-23).
 * @returns its address @throws RuleViolation `council.slugTaken`, `council.purposeMissing`, `council.temporaryNeedsEnd`
 */
export async function createBody(ctx: Ctx, given: NewBody): Promise<string> {
	demandTownWide(ctx);
	checkWorkingGroup(given.kind, given);
	const slug = given.slug || slugOf(given.shortName || given.name);
	const from = Temporal.PlainDate.from(given.from);
	return write(ctx, async (tx) => {
		const taken = await tx.db
			.selectFrom('council.council_body')
			.select('id')
			.where('slug', '=', slug)
			.executeTakeFirst();
		if (taken || RESERVED.includes(slug)) throw new RuleViolation('council.slugTaken', {}, 'slug');
		const id = await addOrganisation(tx, {
			name: given.name,
			shortName: given.shortName,
			type: given.kind === 'roundTable' ? 'external' : 'committee',
			classification: given.classification,
			startDate: from,
			officeLabel: given.officeLabel,
		});
		await addCouncilBody(tx, {
			organisationId: id,
			slug,
			kind: given.kind,
			advisory: given.advisory,
			visibility: given.visibility,
			purpose: given.purpose,
			preset: given.preset,
			statute: { title: given.statuteTitle, url: given.statuteUrl },
			from,
		});
		if (given.seats) await presetSeats(tx, id, given.preset, from);
		await keepWorkingGroup(tx, id, given.kind, given);
		await firstTerm(tx, id, given);
		return slug;
	});
}

/** @throws NotFound, RuleViolation as for a new one */
export async function changeBody(ctx: Ctx, id: string, given: BodyFacts): Promise<void> {
	demand(ctx.actor, 'council.structure', id);
	await write(ctx, async (tx) => {
		await lockBody(tx, id);
		const { kind } = await tx.db
			.selectFrom('council.council_body')
			.select('kind')
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		checkWorkingGroup(kind, given);
		await changeOrganisation(tx, id, {
			name: given.name,
			shortName: given.shortName,
			classification: given.classification,
			officeLabel: given.officeLabel,
		});
		await tx.db
			.updateTable('council.council_body')
			.set({
				visibility: given.visibility,
				advisory: given.advisory,
				purpose: given.purpose,
				commissioner_office_id: given.commissionerOffice,
			})
			.where('id', '=', id)
			.execute();
		await keepWorkingGroup(tx, id, kind, given);
		tx.touch('council.councilBody', id, {
			act: 'changed',
			fields: { name: given.name, visibility: given.visibility, officeLabel: given.officeLabel },
		});
	});
}

/**
 * Closes a working group with its final report; memberships and posts end with that day.
 * @throws RuleViolation `council.termOver` when it is closed already
 */
export async function closeWorkingGroup(ctx: Ctx, id: string, given: { on: string; report: string }): Promise<void> {
	demand(ctx.actor, 'council.structure', id);
	const on = Temporal.PlainDate.from(given.on);
	await write(ctx, async (tx) => {
		await lockBody(tx, id);
		const closed = await tx.db
			.updateTable('council.working_group')
			.set({ closed_on: on, final_report: given.report })
			.where('council_body_id', '=', id)
			.where('closed_on', 'is', null)
			.returning('council_body_id')
			.executeTakeFirst();
		if (!closed) throw new RuleViolation('council.termOver', {}, 'on');
		await changeOrganisation(tx, id, { until: on });
		tx.touch('council.councilBody', id, { act: 'closed', fields: { on: given.on } });
	});
}

/** The term the body begins with: that of the council, copied from another body or as typed (rulebook R1-12, GRE-12). */
async function firstTerm(tx: WriteCtx, id: string, given: NewBody): Promise<void> {
	const copied = given.copyTerm
		? await tx.db.selectFrom('council.term').selectAll().where('id', '=', given.copyTerm).executeTakeFirst()
		: undefined;
	const name = given.termName || copied?.name;
	if (!name) return;
	const day = (text: string | null) => (text ? Temporal.PlainDate.from(text) : null);
	const [from, until] = [day(given.councilFrom), day(given.councilUntil)];
	if (from && until && Temporal.PlainDate.compare(from, until) >= 0)
		throw new RuleViolation('council.termOrder', { from: from.toString() }, 'councilUntil');
	await tx.db
		.insertInto('council.term')
		.values({
			id: newId(),
			council_body_id: id,
			name,
			from_date: Temporal.PlainDate.from(given.from),
			council_elected_on: copied?.council_elected_on ?? null,
			council_term_from: from ?? copied?.council_term_from ?? null,
			council_term_until: until ?? copied?.council_term_until ?? null,
		})
		.execute();
}

type GroupFacts = Pick<NewBody, 'purpose' | 'temporary' | 'plannedEnd' | 'reportDue' | 'parent'>;

function checkWorkingGroup(kind: string, given: GroupFacts): void {
	if (kind !== 'workingGroup' || !given.temporary) return;
	if (!given.purpose) throw new RuleViolation('council.purposeMissing', {}, 'purpose');
	if (!given.plannedEnd) throw new RuleViolation('council.temporaryNeedsEnd', {}, 'plannedEnd');
	if (!given.reportDue) throw new RuleViolation('council.temporaryNeedsEnd', {}, 'reportDue');
}

async function keepWorkingGroup(tx: WriteCtx, id: string, kind: string, given: GroupFacts): Promise<void> {
	if (kind !== 'workingGroup') return;
	const facts = {
		parent_body_id: given.parent === id ? null : given.parent,
		temporary: given.temporary,
		planned_end: given.plannedEnd ? Temporal.PlainDate.from(given.plannedEnd) : null,
		report_due: given.reportDue ? Temporal.PlainDate.from(given.reportDue) : null,
	};
	await tx.db
		.insertInto('council.working_group')
		.values({ council_body_id: id, ...facts })
		.onConflict((there) => there.columns(['body_id', 'council_body_id']).doUpdateSet(facts))
		.execute();
}

async function presetSeats(tx: WriteCtx, id: string, key: string, from: Temporal.PlainDate): Promise<void> {
	const preset = PRESETS.find((one) => one.key === key);
	let number = 0;
	for (const seats of preset?.seats ?? [])
		for (let i = 0; i < seats.count; i++)
			await insertSeat(tx, { ...seats, councilBodyId: id, number: ++number, from, organisation: null });
}

export interface BodyRef {
	id: string;
	slug: string;
	name: string;
	kind: NewBody['kind'];
	officeLabel: string;
}

/**
 * The body of a working page. @throws NotFound, and whatever a missing `council.structure` there throws
 */
export async function bodyToChange(ctx: Ctx, slug: string): Promise<BodyRef> {
	demand(ctx.actor, 'council.structure');
	const { rows } = await sql<BodyRef>`select cb.id, cb.slug, o.name, cb.kind, o.office_label as "officeLabel"
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${ctx.body.id} and cb.slug = ${slug}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('council body');
	demand(ctx.actor, 'council.structure', rows[0].id);
	return rows[0];
}
