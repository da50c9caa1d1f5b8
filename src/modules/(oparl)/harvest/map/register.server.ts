import { sql } from 'kysely';
import {
	membershipsOf,
	takeBackRecord,
	takeOverMemberships,
	takeOverOrganisations,
	takeOverParents,
	takeOverPersons,
	takeOverPlaces,
	type TakenMembership,
} from '#server/registry';
import { sessionsOfOthers } from '#server/council';
import { papersOfOthers } from '#server/papers';
import { isInWords } from '../reading/read.ts';
import { createdOf, dayAfter, type Batch } from './batch.server.ts';
import { mapDistricts } from './districts.server.ts';
import { bodyKind, membershipRole, organisationType } from './words.ts';

/** Papers among what holds these places. */
async function papersIn(batch: Batch): Promise<Set<string>> {
	const holders = batch.of('Location').flatMap(({ parent }) => parent ?? []);
	const { rows } = await sql<{
		id: string;
	}>`select foreign_id as id from oparl.foreign_object where body_id = ${batch.tx.body.id}
		and source_id = ${batch.source.id} and kind = 'Paper' and foreign_id = any (${holders}::text[])`.execute(batch.tx.db);
	return new Set(rows.map(({ id }) => id));
}

/** Places of the register; one that is only described beside a session stays there. */
export async function mapPlaces(batch: Batch): Promise<void> {
	// a district stays on the town's list: papers of its own may name it
	const gone = batch.goneOf('Location');
	const districts = new Set(gone.length ? (await papersOfOthers.knownDistricts(batch.tx)).map(({ id }) => id) : []);
	for (const one of gone)
		if ((await batch.isLast(one)) && !districts.has(one.localId!))
			await takeBackRecord(batch.tx, 'registry.place', one.localId!);
	await mapDistricts(batch);
	const ofPapers = await papersIn(batch);
	const rows = batch.of('Location').flatMap((one) => {
		if (one.document.said.district) return [];
		const { description, room, streetAddress, postalCode, locality, accessibility, ...more } = one.document.said;
		if (one.parent && isInWords(one.document.said) && !ofPapers.has(one.parent)) return [];
		const name = description || [streetAddress, locality].filter(Boolean).join(', ') || room;
		if (!name) {
			batch.findings.add('Location', 'noName', one.id);
			return [];
		}
		const { geojson, subLocality } = more;
		batch.tellOn(one, { ...(geojson && { geojson }), ...(subLocality && { subLocality }) });
		return [{ id: batch.keep(one), name, room, street: streetAddress, postcode: postalCode, locality, accessibility }];
	});
	if (rows.length) await takeOverPlaces(batch.tx, rows);
}

const EARLIEST = '1900-01-01';

/** Organisations of the register; those that meet become council bodies. */
export async function mapOrganisations(batch: Batch): Promise<void> {
	const { tx, findings, source } = batch;
	for (const one of batch.goneOf('Organization'))
		if (await batch.isLast(one)) {
			await sessionsOfOthers.takeBackBody(tx, one.localId!);
			await takeBackRecord(tx, 'registry.organisation', one.localId!);
		}
	const known = source.namesOnly ? await bodiesByName(batch) : new Map<string, string>();
	const all = batch.of('Organization').filter((one) => {
		const same = known.get(one.document.said.name.toLowerCase());
		if (same) {
			batch.keep(one, same);
			return false;
		}
		if (!one.document.said.name) findings.add('Organization', 'noName', one.id);
		return one.document.said.name;
	});
	if (!all.length) return;
	const rows = all.map((one) => {
		const { said } = one.document;
		const type = organisationType(said);
		if (said.organizationType && type === 'other' && !/^sonstige/i.test(said.organizationType))
			findings.add('Organization', 'unknownWord', `${one.id} organizationType ${said.organizationType}`);
		return {
			id: batch.keep(one),
			name: said.name,
			shortName: said.shortName === said.name ? '' : said.shortName,
			type,
			classification: said.classification,
			from: said.startDate,
			until: dayAfter(said.endDate),
			created: createdOf(one, tx.now),
			advisory: said.advisory,
			purpose: said.purpose,
			slug: batch.slugIn(one.document.web, 'gremien'),
		};
	});
	await takeOverOrganisations(tx, rows);
	// this program says of each body whether it advises only
	const meeting = rows.filter(({ type, advisory }) =>
		source.keepsIds ? advisory !== null : type === 'committee' || type === 'external',
	);
	await sessionsOfOthers.takeOverBodies(
		tx,
		meeting.map(({ id, name, classification, from, advisory, purpose, slug }) => {
			const guessed = bodyKind({ name, classification });
			return { id, name, ...guessed, advisory: advisory ?? guessed.advisory, purpose, from: from ?? EARLIEST, slug };
		}),
	);
	await mapSeats(batch, new Set(meeting.map(({ id }) => id)));
	await batch.know(all.map(({ document }) => document.said.subOrganizationOf));
	const parents = all.map((one) => ({
		id: one.localId ?? batch.local(one.id, 'Organization')!,
		parentId: batch.local(one.document.said.subOrganizationOf, 'Organization', one),
	}));
	await takeOverParents(tx, withoutCircles(parents, batch));
}

/** Seats of bodies, where the source tells them; who held them as soon as their memberships are here. */
async function mapSeats(batch: Batch, bodies: ReadonlySet<string>): Promise<void> {
	const all = batch.of('Organization').filter(({ document }) => document.said.seats.length);
	await batch.know(
		all.flatMap(({ document: { said } }) =>
			said.seats.flatMap(({ organization, holders }) => [organization, ...holders.map(({ membership }) => membership)]),
		),
	);
	const seats = all.flatMap((one) => {
		const councilBodyId = batch.local(one.id, 'Organization')!;
		if (!bodies.has(councilBodyId)) return [];
		return one.document.said.seats.map(({ organization, startDate, endDate, holders, ...seat }) => ({
			...seat,
			councilBodyId,
			organisationId: batch.local(organization, 'Organization', one),
			from: startDate,
			until: dayAfter(endDate),
			holders: holders.flatMap((holder) => {
				const membershipId = batch.local(holder.membership, 'Membership', one);
				return membershipId ? [{ membershipId, from: holder.startDate, until: dayAfter(holder.endDate) }] : [];
			}),
		}));
	});
	if (seats.length) await sessionsOfOthers.takeOverSeats(batch.tx, seats);
}

/** Bodies of the town, for sources that know no more of them than a name. */
async function bodiesByName({ tx }: Batch): Promise<Map<string, string>> {
	const { rows } = await sql<{
		id: string;
		name: string;
	}>`select o.id, lower(o.name) as name from registry.organisation o
		join council.council_body b on b.body_id = o.body_id and b.id = o.id where o.body_id = ${tx.body.id}`.execute(tx.db);
	return new Map(rows.map(({ id, name }) => [name, id]));
}

/** An organisation above itself would be a circle. */
function withoutCircles(rows: { id: string; parentId: string | null }[], batch: Batch) {
	const above = new Map(rows.map(({ id, parentId }) => [id, parentId]));
	for (const row of rows) {
		const seen = new Set([row.id]);
		for (let at = above.get(row.id); at; at = above.get(at)) {
			if (!seen.has(at)) {
				seen.add(at);
				continue;
			}
			batch.findings.add('Organization', 'cycle', row.id);
			above.set(row.id, null);
			break;
		}
	}
	return rows.map(({ id }) => ({ id, parentId: above.get(id) ?? null }));
}

/**
 * People with what they do; whoever has no function is left out (data minimisation: the public knows people by their
 * function, rulebook R8-12).
 */
export async function mapPeople(batch: Batch): Promise<void> {
	const { tx, findings } = batch;
	for (const one of batch.goneOf('Membership'))
		if (await batch.isLast(one)) await takeBackRecord(tx, 'registry.membership', one.localId!);
	for (const one of batch.goneOf('Person'))
		if (await batch.isLast(one)) await takeBackRecord(tx, 'registry.person', one.localId!);
	const busy = await withFunction(batch);
	const people = batch.of('Person').filter((one) => {
		const { name, familyName } = one.document.said;
		if (!name && !familyName) findings.add('Person', 'noName', one.id);
		else if (!busy.has(one.id)) findings.add('Person', 'noFunction', one.id);
		else return true;
		return false;
	});
	const rows = people.map((one) => {
		const { name, familyName, givenName, affix, formOfAddress, status } = one.document.said;
		if (status.length) batch.tellOn(one, { status });
		const printed = name || [affix, givenName, familyName].filter(Boolean).join(' ');
		return {
			id: batch.keep(one),
			name: printed,
			given: givenName,
			family: familyName,
			affix,
			address: formOfAddress,
			created: createdOf(one, tx.now),
		};
	});
	if (rows.length) await takeOverPersons(tx, rows);
	await mapMemberships(batch);
}

/** Ids of people in this batch that hold, or held, a membership. */
async function withFunction(batch: Batch): Promise<Set<string>> {
	const { rows } = await sql<{ id: string }>`select distinct parent as id from oparl.foreign_object
		where body_id = ${batch.tx.body.id} and source_id = ${batch.source.id} and kind = 'Membership' and not deleted
		and parent = any (${batch.of('Person').map(({ id }) => id)}::text[])`.execute(batch.tx.db);
	return new Set(rows.map(({ id }) => id));
}

async function mapMemberships(batch: Batch): Promise<void> {
	const { tx, findings } = batch;
	const all = batch.of('Membership');
	if (!all.length) return;
	await batch.know(all.flatMap(({ document: { said } }) => [said.person, said.organization, said.onBehalfOf]));
	const people = all.map(({ document }) => batch.local(document.said.person, 'Person')).filter((id) => id !== null);
	const own = new Set(all.map(({ localId }) => localId));
	const there = (await membershipsOf(tx, people)).filter(({ id }) => !own.has(id));
	const rows: TakenMembership[] = [];
	for (const one of all) {
		const { said } = one.document;
		const personId = batch.local(said.person, 'Person', one);
		const organisationId = batch.local(said.organization, 'Organization', one);
		if (!personId || !organisationId) {
			findings.add('Membership', 'orphan', one.id);
			continue;
		}
		const role = membershipRole(said.role);
		if (!role.known) findings.add('Membership', 'unknownRole', `${one.id} ${said.role}`);
		const until = dayAfter(said.endDate);
		if (!said.startDate) findings.add('Membership', 'noBeginning', one.id);
		// Nobody knows since when: it counts from the day on which it was told first.
		const from = said.startDate ?? earlier(said.endDate, tx.today.toString());
		const other = [...there, ...rows].find(
			(known) =>
				known.personId === personId &&
				known.organisationId === organisationId &&
				known.kind === role.kind &&
				(known.until === null || known.until > from) &&
				(until === null || known.from < until),
		);
		if (other) {
			findings.add('Membership', 'overlap', one.id);
			batch.keep(one, other.id);
			continue;
		}
		rows.push({
			id: batch.keep(one),
			personId,
			organisationId,
			kind: role.kind,
			post: role.post,
			label: role.label,
			voting: said.votingRight ?? role.kind === 'member',
			behalfId: batch.local(said.onBehalfOf, 'Organization', one),
			from,
			until,
		});
	}
	if (rows.length) await takeOverMemberships(tx, rows);
}

function earlier(one: string | null, other: string): string {
	return one && one < other ? one : other;
}
