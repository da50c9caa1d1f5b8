import { sql } from 'kysely';
import { papersOfOthers } from '#server/papers';
import { createdOf, type Batch, type Waiting } from './batch.server.ts';
import { whereOf } from './districts.server.ts';
import { mapDuties, namedInDuty } from './duties.server.ts';
import { mapFiles, toldFiles, type FileHolder } from './files.server.ts';
import { webOf } from './sessions.server.ts';
import { stationResult, stationRole } from './words.ts';

type ToldPaper = Waiting<'Paper'> & { document: NonNullable<Waiting<'Paper'>['document']> };

export async function mapPapers(batch: Batch): Promise<void> {
	const { tx, findings, source } = batch;
	for (const one of batch.goneOf('Paper'))
		if (await batch.isLast(one)) await papersOfOthers.takeBackPaper(tx, one.localId!);
	const all = batch.of('Paper');
	await batch.know(
		all.flatMap(({ document: { said } }) => [
			...said.relatedPaper,
			...said.superordinatedPaper,
			...said.subordinatedPaper,
			...said.originatorOrganization,
			...said.originatorPerson,
			...said.underDirectionOf,
			said.addressee,
			...said.location,
			...said.duties.flatMap(namedInDuty),
		]),
	);
	const ids = new Map(all.map((one) => [one.id, batch.keep(one)]));
	const above = await superordinates(batch, all);
	const wheres = await whereOf(batch, all);
	const told = await toldFiles(batch, FILES);
	const filesOf = Map.groupBy(told, ({ one }) => one.root);
	const rows = all.map((one) => {
		const { said, web, address } = one.document;
		if (!said.name) findings.add('Paper', 'noName', one.id);
		const { districts, places } = wheres.get(one.id)!;
		if (places.length) batch.tellOn(one, { location: places });
		if (!said.paperType) findings.add('Paper', 'unknownWord', `${one.id} paperType`);
		return {
			id: ids.get(one.id)!,
			type: said.paperType || 'Drucksache',
			reference: said.reference.slice(0, 200),
			title: said.name || said.reference || 'Ohne Titel',
			date: said.date,
			addresseeId: batch.local(said.addressee, 'Organization', one),
			withdrawn: said.withdrawn,
			departmentId: batch.locals(said.underDirectionOf, 'Organization', one)[0] ?? null,
			organisations: batch.locals(said.originatorOrganization, 'Organization', one),
			persons: batch.locals(said.originatorPerson, 'Person', one),
			topics: said.keyword,
			districts,
			superordinatedId: above.get(one.id) ?? null,
			created: one.document.created ?? (said.date ? `${said.date}T12:00:00Z` : createdOf(one, tx.now)),
			from: {
				source: source.name,
				address: web ?? webOf(address),
				// of a paper that is here already they are brought together with those it has
				files: (filesOf.get(one.id) ?? []).flatMap(({ file }) => file ?? []),
			},
		};
	});
	if (rows.length) {
		for (const double of await papersOfOthers.takeOverPapers(tx, rows))
			findings.add('Paper', 'doubleReference', double);
		await relate(batch, all, ids);
		await mapDuties(
			batch,
			all.map((one) => ({ one, paperId: ids.get(one.id)! })),
		);
	}
	const touched = await mapStations(batch);
	for (const id of await mapFiles(batch, FILES, told)) touched.add(id);
	for (const { id } of rows) touched.delete(id);
	papersOfOthers.touchPapers(tx, touched);
}

/**
 * The paper above each one. Some servers turn the two relations round: what is above another one is not younger than it; and
 * where both say that they are above the other one, the older one is.
 */
async function superordinates(batch: Batch, all: readonly ToldPaper[]): Promise<Map<string, string>> {
	const named = [...new Set(all.flatMap(({ document: { said } }) => said.superordinatedPaper))];
	const days = await daysOf(batch, named);
	for (const one of all) days.set(one.id, one.document.said.date);
	const above = new Map<string, string>();
	for (const one of all) {
		const { said } = one.document;
		for (const id of said.superordinatedPaper) {
			const local = batch.local(id, 'Paper', one);
			const theirs = days.get(id);
			if (id === one.id) batch.findings.add('Paper', 'cycle', one.id);
			else if (said.date && theirs && theirs > said.date) {
				batch.findings.add('Paper', 'reversedRelation', `${one.id} superordinatedPaper ${id}`);
				if (local) below(batch, local, one);
			} else if (local && !above.has(one.id)) above.set(one.id, local);
		}
	}
	for (const one of all) {
		const [up] = one.document.said.superordinatedPaper;
		const other = all.find(({ id }) => id === up);
		const first = other?.document.said.superordinatedPaper[0];
		if (!above.has(one.id) || first !== one.id || !above.has(other!.id)) continue;
		batch.findings.add('Paper', 'reversedRelation', `${one.id} superordinatedPaper ${up}`);
		const younger = (one.document.said.date ?? '') > (other!.document.said.date ?? '') ? one : other!;
		above.delete(younger === one ? other!.id : one.id);
	}
	return above;
}

/** Papers that turned out to stand beneath another one of this batch. */
const turned = new WeakMap<Batch, { id: string; above: string }[]>();

function below(batch: Batch, local: string, above: ToldPaper): void {
	turned.set(batch, [...(turned.get(batch) ?? []), { id: local, above: above.id }]);
}

async function daysOf(batch: Batch, ids: string[]): Promise<Map<string, string | null>> {
	const { rows } = await sql<{
		id: string;
		date: string | null;
	}>`select f.foreign_id as id, p.date::text as date from oparl.foreign_object f
		join papers.paper p on p.body_id = f.body_id and p.id = f.local_id
		where f.body_id = ${batch.tx.body.id} and f.source_id = ${batch.source.id} and f.foreign_id = any (${ids}::text[])`.execute(
		batch.tx.db,
	);
	return new Map(rows.map(({ id, date }) => [id, date]));
}

async function relate(batch: Batch, all: readonly ToldPaper[], ids: ReadonlyMap<string, string>): Promise<void> {
	await papersOfOthers.relateTaken(
		batch.tx,
		all.map((one) => ({
			id: ids.get(one.id)!,
			related: batch.locals(one.document.said.relatedPaper, 'Paper', one),
		})),
	);
	const beneath = all.flatMap((one) =>
		batch
			.locals(one.document.said.subordinatedPaper, 'Paper')
			// where this one stands beneath the other, it is not above it as well
			.filter((id) => !batch.locals(one.document.said.superordinatedPaper, 'Paper').includes(id))
			.map((id) => ({ id, aboveId: ids.get(one.id)! })),
	);
	for (const { id, above } of turned.get(batch) ?? []) beneath.push({ id, aboveId: ids.get(above)! });
	const fresh = await withoutAbove(batch, beneath);
	if (fresh.length) await papersOfOthers.putBelow(batch.tx, fresh);
}

/** Papers that stand beneath none yet: others stay, and are not told anew. */
async function withoutAbove<Row extends { id: string; aboveId: string }>(batch: Batch, rows: Row[]): Promise<Row[]> {
	if (!rows.length) return rows;
	const { rows: open } = await sql<{ id: string }>`select id from papers.paper where body_id = ${batch.tx.body.id}
		and id = any (${rows.map(({ id }) => id)}::uuid[]) and superordinated_id is null`.execute(batch.tx.db);
	const ids = new Set(open.map(({ id }) => id));
	return rows.filter(({ id, aboveId }) => ids.has(id) && id !== aboveId);
}

/** @returns papers of which a station changed */
async function mapStations(batch: Batch): Promise<Set<string>> {
	const { tx, findings } = batch;
	const touched = new Set<string>();
	for (const one of batch.goneOf('Consultation')) {
		const paper = (await batch.isLast(one)) ? await papersOfOthers.takeBackStation(tx, one.localId!) : null;
		if (paper) touched.add(paper);
	}
	const all = batch.of('Consultation');
	await batch.know(
		all.flatMap(({ document: { said } }) => [
			said.paper,
			said.meeting,
			said.agendaItem,
			...said.organization,
			...(said.outcome?.votes.map(({ organization }) => organization) ?? []),
		]),
	);
	const sessions = await sessionsOf(batch, all);
	const count = new Map<string, number>();
	const rows = [];
	for (const one of all) {
		const { said } = one.document;
		const paperId = batch.local(said.paper, 'Paper', one);
		if (!paperId) {
			findings.add('Consultation', 'orphan', one.id);
			continue;
		}
		const known = stationRole(said.role);
		if (!known) findings.add('Consultation', 'unknownRole', `${one.id} ${said.role}`);
		const item = batch.local(said.agendaItem, 'AgendaItem', one);
		const session = sessions.get(item ?? '') ?? sessions.get(batch.local(said.meeting, 'Meeting', one) ?? '');
		const order = count.get(paperId) ?? 0;
		count.set(paperId, order + 1);
		touched.add(paperId);
		const organisations = batch.locals(said.organization, 'Organization', one);
		rows.push({
			id: batch.keep(one),
			paperId,
			order,
			role: known ?? (said.authoritative ? ('deciding' as const) : ('advisory' as const)),
			authoritative: said.authoritative,
			meetingId: session?.id ?? null,
			itemId: item,
			...becameOf(batch, one, session),
			organisations,
		});
	}
	if (rows.length) await papersOfOthers.takeOverStations(tx, rows);
	return touched;
}

type ToldStation = Waiting<'Consultation'> & { document: NonNullable<Waiting<'Consultation'>['document']> };

/** What became of a station: as the source says it, else what is known of its session. */
function becameOf(
	batch: Batch,
	one: ToldStation,
	session: Session | undefined,
): Pick<papersOfOthers.TakenStation, 'plannedOn' | 'heldOn' | 'state' | 'result' | 'resultText' | 'votes'> {
	const { outcome } = one.document.said;
	if (!outcome) {
		const on = session?.date ?? null;
		const state = session?.held ? 'done' : 'planned';
		return { plannedOn: on, heldOn: session?.held ? on : null, state, result: null, resultText: '', votes: [] };
	}
	const { plannedOn, heldOn, skipped, note, votes } = outcome;
	const result = stationResult(outcome.result);
	return {
		plannedOn,
		heldOn,
		state: skipped ? 'skipped' : heldOn || result ? 'done' : 'planned',
		result,
		resultText: note || (result ? '' : outcome.result),
		votes: votes.map(({ organization, ...figures }) => ({
			...figures,
			organisationId: batch.local(organization, 'Organization', one),
		})),
	};
}

interface Session {
	id: string;
	date: string;
	held: boolean;
}

/** Sessions by their id and by the ids of their items. */
async function sessionsOf(
	batch: Batch,
	all: readonly { document: { said: { meeting: string | null; agendaItem: string | null } } }[],
): Promise<Map<string, Session>> {
	const meetings = all.map(({ document }) => batch.local(document.said.meeting, 'Meeting')).filter((id) => id !== null);
	const items = all
		.map(({ document }) => batch.local(document.said.agendaItem, 'AgendaItem'))
		.filter((id) => id !== null);
	const { rows } = await sql<
		Session & { key: string }
	>`select m.id as key, m.id, m.date::text, m.state = 'takenOver' and not m.cancelled as held
		from council.meeting m where m.body_id = ${batch.tx.body.id} and m.id = any (${meetings}::uuid[])
		union select i.id, m.id, m.date::text, m.state = 'takenOver' and not m.cancelled from council.agenda_item i
		join council.meeting m on m.body_id = i.body_id and m.id = i.meeting_id
		where i.body_id = ${batch.tx.body.id} and i.id = any (${items}::uuid[])`.execute(batch.tx.db);
	return new Map(rows.map(({ key, ...session }) => [key, session]));
}

const FILES: FileHolder = {
	kind: 'Paper',
	kindOf: ({ place }) => (place === 'mainFile' ? 'main' : 'annex'),
	takeBack: papersOfOthers.takeBackPaperFile,
	at: papersOfOthers.paperFilesAt,
	link: papersOfOthers.linkPaperFiles,
};
