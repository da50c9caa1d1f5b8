import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation, addPerson, changeOrganisation, changePersonEmail } from '#server/registry';
import { groupScopes, recordStep } from './steps.server.ts';
import { demandTownWide } from './bodies.server.ts';

/** A step of the groups that can be taken back as a whole. */
const step = <T>(
	tx: WriteCtx,
	act: 'renamed' | 'merged' | 'split' | 'dissolved',
	about: string,
	work: () => Promise<T>,
): Promise<T> => recordStep(tx, { act, about, councilBodyId: null }, groupScopes(tx), work);

interface Named {
	name: string;
	shortName: string;
}

/** A group of the council. @returns id */
export async function addGroup(ctx: Ctx, given: Named & { from: string | null }): Promise<string> {
	demandTownWide(ctx);
	return write(ctx, (tx) => newGroup(tx, given, given.from ? Temporal.PlainDate.from(given.from) : null));
}

async function newGroup(tx: WriteCtx, given: Named, from: Temporal.PlainDate | null): Promise<string> {
	const id = await addOrganisation(tx, {
		name: given.name,
		shortName: given.shortName,
		type: 'group',
		classification: 'Fraktion',
		startDate: from,
	});
	await addName(tx, id, given, from);
	return id;
}

/**
 * A group takes another name from a day on; what it was called before stays readable. Seats stay with it (rulebook R1-17).
 * @throws RuleViolation `council.beforeBegin`, `council.groupOver`; NotFound
 */
export async function renameGroup(ctx: Ctx, given: Named & { id: string; on: string }): Promise<void> {
	demandTownWide(ctx);
	await write(ctx, async (tx) => {
		const group = await runningGroup(tx, given.id);
		const on = Temporal.PlainDate.from(given.on);
		const name = await currentName(tx, group);
		if (name.from_date && Temporal.PlainDate.compare(on, name.from_date) <= 0)
			throw new RuleViolation('council.beforeBegin', { from: name.from_date.toString() }, 'on');
		await step(tx, 'renamed', `${group.name} → ${given.name}`, async () => {
			await tx.db.updateTable('council.group_name').set({ until_date: on }).where('id', '=', name.id).execute();
			await addName(tx, group.id, given, on);
			await changeOrganisation(tx, group.id, { name: given.name, shortName: given.shortName });
			await touchBodies(tx, group.id);
		});
	});
}

/** Two groups become one: the first goes on in the second. Its seats stay its own until the council decides otherwise. */
export async function mergeGroup(ctx: Ctx, given: { id: string; into: string; on: string }): Promise<void> {
	demandTownWide(ctx);
	if (given.id === given.into) throw new RuleViolation('council.sameGroup', {}, 'into');
	await write(ctx, async (tx) => {
		const into = await runningGroup(tx, given.into);
		const { name } = await runningGroup(tx, given.id);
		await step(tx, 'merged', `${name} → ${into.name}`, () => endGroup(tx, given.id, given.on, 'merge', given.into));
	});
}

/** Part of a group becomes a group of its own. @returns its id */
export async function splitGroup(ctx: Ctx, given: Named & { id: string; on: string }): Promise<string> {
	demandTownWide(ctx);
	return write(ctx, async (tx) => {
		const { name } = await runningGroup(tx, given.id);
		const on = Temporal.PlainDate.from(given.on);
		return step(tx, 'split', `${name} → ${given.name}`, async () => {
			const made = await newGroup(tx, given, on);
			await addLineage(tx, 'split', given.id, made, on);
			return made;
		});
	});
}

/** A group is no more. Its seats stay until a resolution gives them to somebody else. */
export async function dissolveGroup(ctx: Ctx, given: { id: string; on: string }): Promise<void> {
	demandTownWide(ctx);
	await write(ctx, async (tx) => {
		const { name } = await runningGroup(tx, given.id);
		await step(tx, 'dissolved', name, () => endGroup(tx, given.id, given.on, 'dissolve', null));
	});
}

/** Who is written to when the group is asked for somebody: one person, named and with an address. */
export async function setContact(ctx: Ctx, given: { id: string; name: string; email: string }): Promise<void> {
	demandTownWide(ctx);
	await write(ctx, async (tx) => {
		const group = await runningGroup(tx, given.id);
		const known = await tx.db
			.selectFrom('registry.person as p')
			.innerJoin('council.group_contact as c', 'c.person_id', 'p.id')
			.select(['p.id', 'p.given_name', 'p.family_name', 'p.affix'])
			.where('c.organisation_id', '=', group.id)
			.executeTakeFirst();
		const same = known && [known.affix, known.given_name, known.family_name].filter(Boolean).join(' ') === given.name;
		const personId = same ? known.id : await addPerson(tx, given.name, { email: given.email });
		if (same) await changePersonEmail(tx, personId, given.email);
		await tx.db
			.insertInto('council.group_contact')
			.values({ organisation_id: group.id, person_id: personId })
			.onConflict((there) => there.columns(['body_id', 'organisation_id']).doUpdateSet({ person_id: personId }))
			.execute();
		tx.touch('registry.organisation', group.id, { act: 'contactChanged' });
	});
}

async function runningGroup(tx: WriteCtx, id: string) {
	const group = await tx.db
		.selectFrom('registry.organisation')
		.select(['id', 'name', 'short_name', 'start_date', 'until_date'])
		.where('id', '=', id)
		.where('organisation_type', '=', 'group')
		.forUpdate()
		.executeTakeFirst();
	if (!group) throw new NotFound('group');
	if (group.until_date) throw new RuleViolation('council.groupOver', {}, 'on');
	return group;
}

async function endGroup(
	tx: WriteCtx,
	id: string,
	day: string,
	kind: 'merge' | 'dissolve',
	into: string | null,
): Promise<void> {
	const group = await runningGroup(tx, id);
	const on = Temporal.PlainDate.from(day);
	if (group.start_date && Temporal.PlainDate.compare(on, group.start_date) <= 0)
		throw new RuleViolation('council.beforeBegin', { from: group.start_date.toString() }, 'on');
	const name = await currentName(tx, group);
	await tx.db.updateTable('council.group_name').set({ until_date: on }).where('id', '=', name.id).execute();
	await changeOrganisation(tx, id, { until: on });
	await addLineage(tx, kind, id, into, on);
	await touchBodies(tx, id);
}

/** The row of the name it bears; a group from before gets its first one. */
async function currentName(
	tx: WriteCtx,
	group: { id: string; name: string; short_name: string; start_date: Temporal.PlainDate | null },
) {
	const row = await tx.db
		.selectFrom('council.group_name')
		.select(['id', 'from_date'])
		.where('organisation_id', '=', group.id)
		.where('until_date', 'is', null)
		.executeTakeFirst();
	if (row) return row;
	const id = await addName(tx, group.id, { name: group.name, shortName: group.short_name }, group.start_date);
	return { id, from_date: group.start_date };
}

async function addName(
	tx: WriteCtx,
	organisationId: string,
	{ name, shortName }: Named,
	from: Temporal.PlainDate | null,
): Promise<string> {
	const id = newId();
	await tx.db
		.insertInto('council.group_name')
		.values({ id, organisation_id: organisationId, name, short_name: shortName, from_date: from })
		.execute();
	return id;
}

async function addLineage(
	tx: WriteCtx,
	kind: 'merge' | 'split' | 'dissolve',
	from: string,
	to: string | null,
	on: Temporal.PlainDate,
): Promise<void> {
	await tx.db
		.insertInto('council.group_lineage')
		.values({ id: newId(), kind, from_organisation_id: from, to_organisation_id: to, on_date: on })
		.execute();
}

/** Bodies show the names of their groups. */
async function touchBodies(tx: WriteCtx, organisationId: string): Promise<void> {
	const bodies = await tx.db
		.selectFrom('council.seat')
		.select('council_body_id')
		.distinct()
		.where('organisation_id', '=', organisationId)
		.execute();
	for (const { council_body_id: id } of bodies) tx.touch('council.councilBody', id, { act: 'groupChanged' });
}
