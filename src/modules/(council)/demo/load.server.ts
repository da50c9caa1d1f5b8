import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { nameKey } from '#modules/registry';
import { addMembership, demonstrationTown as town, knownOrganisations, knownPersons } from '#server/registry';
import { addCouncilBody, addSeat, fillSeat } from '../commands/bodies.server.ts';
import { keepMinutes } from '../minutes/demo.server.ts';
import { addPlanning } from '../planning/demo.server.ts';
import { addStructure } from '../structure/demo.server.ts';
import { addVotes } from '../votes/demo.server.ts';
import { attachFiles } from './files.server.ts';
import { addHeld, addNext, type DemoTown } from './meetings.server.ts';
import { SESSIONS } from './sessions.ts';

/** The demonstration's council, round table, and a year of sessions around today, the next one to come. */
export async function loadDemonstration(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const found = await lookUp(tx);
		const since = await addBodies(tx, found);
		await addStructure(tx, found.council, since);
		const next = nextWednesday(tx.today.add({ days: 12 }));
		for (const [index, session] of SESSIONS.entries())
			await addHeld(tx, found, session, next.subtract({ weeks: session.weeksBefore }), index + 1);
		await addVotes(tx, found.council);
		await keepMinutes(tx, found.council);
		await addNext(tx, found, next, SESSIONS.length + 1);
		await addPlanning(tx, found.council, next);
	});
	await attachFiles(ctx);
}

function nextWednesday(date: Temporal.PlainDate): Temporal.PlainDate {
	return date.add({ days: (3 - date.dayOfWeek + 7) % 7 });
}

async function lookUp(tx: WriteCtx): Promise<DemoTown> {
	const persons = new Map((await knownPersons(tx)).map(({ id, name }) => [nameKey(name), id]));
	const organisations = new Map((await knownOrganisations(tx)).map(({ id, name }) => [name, id]));
	const places = await tx.db.selectFrom('registry.place').select(['id', 'name']).execute();
	return {
		person: (name) => persons.get(nameKey(name))!,
		organisation: (name) => organisations.get(name)!,
		council: organisations.get(town.COUNCIL)!,
		seats: new Map(),
		places: new Map(places.map(({ id, name }) => [name, id])),
	};
}

/** @returns the day the council constituted itself */
async function addBodies(tx: WriteCtx, found: DemoTown): Promise<Temporal.PlainDate> {
	const from = Temporal.PlainDate.from({ year: tx.today.year - 2, month: 11, day: 20 });
	const citations = [
		{ rule: 'quorum', text: '§ 7 Abs. 2 der Satzung des Beirats', url: null },
		{ rule: 'quorum', text: '§ 55 Abs. 1 KVG LSA', url: null },
		{ rule: 'membership', text: '§ 3 Abs. 2 der Satzung des Beirats', url: null },
	];
	const purpose = 'Der Beirat berät Stadtrat und Verwaltung in allem, was zugewanderte Menschen in Elbstadt betrifft.';
	await addCouncilBody(tx, {
		organisationId: found.council,
		slug: 'beirat',
		kind: 'council',
		preset: 'st-beirat-2024',
		citations,
		purpose,
		from,
	});
	await tx.db
		.insertInto('council.term')
		.values({ id: newId(), council_body_id: found.council, name: 'Wahlperiode', from_date: from })
		.execute();
	let number = 0;
	for (const [group, shortName, name] of town.GROUPS)
		await seat(tx, found, ++number, 'delegated', name, from, { id: found.organisation(group), name: shortName });
	for (const name of town.RESIDENTS) await seat(tx, found, ++number, 'resident', name, from, null);
	for (const [index, name] of town.SUCCESSORS.entries()) {
		await addMembership(tx, {
			personId: found.person(name),
			organisationId: found.council,
			kind: 'successor',
			votingRight: false,
			rank: index + 1,
			from,
		});
	}
	const roundTable = found.organisation(town.ROUND_TABLE);
	await addCouncilBody(tx, {
		organisationId: roundTable,
		slug: 'runder-tisch',
		kind: 'roundTable',
		preset: 'round-table',
		from,
		purpose: 'Vereine, Beratungsstellen und Ämter stimmen sich ab, wie Neuankommende gut starten.',
	});
	for (const [index, name] of ['Awa Diatta', 'Rami Tinawi', 'Golnar Sepantar'].entries()) {
		await addMembership(tx, {
			personId: found.person(name),
			organisationId: roundTable,
			kind: 'member',
			votingRight: true,
			post: index === 0 ? 'chair' : null,
			from,
		});
	}
	return from;
}

async function seat(
	tx: WriteCtx,
	found: DemoTown,
	number: number,
	kind: 'delegated' | 'resident',
	name: string,
	from: Temporal.PlainDate,
	group: { id: string; name: string } | null,
): Promise<void> {
	const appointedBy = kind === 'delegated' ? 'Fraktion' : 'Stadtrat';
	const id = await addSeat(tx, {
		councilBodyId: found.council,
		number,
		kind,
		voting: true,
		organisationId: group?.id ?? null,
		appointedBy,
		from,
	});
	const post = number === 8 ? 'chair' : number === 3 ? 'deputyChair' : null;
	const membershipId = await addMembership(tx, {
		personId: found.person(name),
		organisationId: found.council,
		kind: 'member',
		votingRight: true,
		post,
		onBehalfOfId: group?.id ?? null,
		from,
	});
	await fillSeat(tx, { seatId: id, membershipId, councilBodyId: found.council, from });
	found.seats.set(number, { id, name, group: group?.name ?? '' });
}
