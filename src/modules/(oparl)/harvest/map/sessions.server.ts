import { sql } from 'kysely';
import { personNames, takeOverOrganisations } from '#server/registry';
import { sessionsOfOthers } from '#server/council';
import type { QuorumElsewhere } from '#kernel/taken-from.ts';
import type { Said } from '../reading/foreign.ts';
import { createdOf, dayAfter, dayOf, type Batch } from './batch.server.ts';
import { mapDuties, namedInDuty } from './duties.server.ts';
import { mapFiles, type FileHolder } from './files.server.ts';
import { itemResult, sessionState } from './words.ts';

/** Terms belong to the body that stands for the town. */
export async function mapTerms(batch: Batch): Promise<void> {
	for (const one of batch.goneOf('LegislativeTerm'))
		if (await batch.isLast(one)) await sessionsOfOthers.takeBackTerm(batch.tx, one.localId!);
	const all = batch.of('LegislativeTerm').filter((one) => {
		if (!one.document.said.name) batch.findings.add('LegislativeTerm', 'noName', one.id);
		return one.document.said.name;
	});
	if (!all.length) return;
	const councilBodyId = await mainBody(batch);
	const rows = all.map((one) => {
		const { name, startDate, endDate } = one.document.said;
		if (!startDate) batch.findings.add('LegislativeTerm', 'noBeginning', one.id);
		return { id: batch.keep(one), councilBodyId, name, from: startDate, until: dayAfter(endDate) };
	});
	await sessionsOfOthers.takeOverTerms(batch.tx, rows);
}

/**
 * The body for what names none: the main organisation of the source, else its first council, else one that is called like the
 * town. Kept under an id of its own.
 */
async function mainBody(batch: Batch): Promise<string> {
	const { tx, source } = batch;
	const fallback = `${source.bodyId}#ohne-gremium`;
	const { rows } = await sql<{ id: string }>`select f.local_id as id from oparl.foreign_object f
		join council.council_body b on b.body_id = f.body_id and b.id = f.local_id
		where f.body_id = ${tx.body.id} and f.source_id = ${source.id} and f.kind = 'Organization' and not f.deleted
		order by f.foreign_id = ${source.mainOrganization ?? ''} desc, f.foreign_id = ${fallback} desc, b.kind = 'council' and not b.advisory desc,
			f.local_id limit 1`.execute(tx.db);
	if (rows[0]) return rows[0].id;
	return makeFallback(batch, fallback);
}

async function makeFallback(batch: Batch, fallback: string): Promise<string> {
	const { tx, source } = batch;
	const { rows } = await sql<{
		id: string;
	}>`insert into oparl.foreign_object (body_id, source_id, foreign_id, kind, local_id, root, root_kind,
			hash, pending, seen)
		values (${tx.body.id}, ${source.id}, ${fallback}, 'Organization', gen_random_uuid(), ${fallback}, 'Organization', 'own', false, ${source.id})
		on conflict (body_id, source_id, foreign_id) do update set deleted = false
		returning local_id as id`.execute(tx.db);
	const { id } = rows[0]!;
	const body = { id, name: source.bodyName, from: null, until: null, created: tx.now.toString() };
	await takeOverOrganisations(tx, [{ ...body, shortName: '', type: 'committee', classification: '' }]);
	await sessionsOfOthers.takeOverBodies(tx, [
		{ ...body, kind: 'council', advisory: false, purpose: '', from: '1900-01-01' },
	]);
	return id;
}

export async function mapSessions(batch: Batch): Promise<void> {
	const { tx, findings, source } = batch;
	for (const one of batch.goneOf('Meeting'))
		if (await batch.isLast(one)) await sessionsOfOthers.takeBackSession(tx, one.localId!);
	const all = batch.of('Meeting').filter((one) => {
		if (!one.document.said.day) findings.add('Meeting', 'badDate', `${one.id} start`);
		return one.document.said.day;
	});
	await batch.know(
		all.flatMap(({ document: { said } }) => [
			...said.organization,
			...said.participant,
			said.location,
			...said.attendance.flatMap((row) => [row.person, row.organization, row.substituteForPerson]),
			...said.quorum.map(({ organization }) => organization),
		]),
	);
	const names = await personNames(
		tx,
		all.flatMap(({ document }) => batch.locals(document.said.participant, 'Person')),
	);
	await makeBodies(
		batch,
		all.flatMap(({ document }) => batch.locals(document.said.organization, 'Organization')),
	);
	const rows = [];
	for (const one of all) {
		const { said, web, address } = one.document;
		const [leading, ...more] = batch.locals(said.organization, 'Organization', one);
		if (!leading) findings.add('Meeting', 'orphan', `${one.id} organization`);
		const day = said.start ? dayOf(said.start, tx.body.timeZone) : said.day!;
		const isPast = day < tx.today.toString();
		rows.push({
			id: batch.keep(one),
			councilBodyId: leading ?? (await mainBody(batch)),
			bodies: more,
			number: numberIn(said.name),
			title: said.name,
			state: sessionState(said.meetingState, isPast),
			cancelled: said.cancelled,
			date: day,
			starts: said.start,
			ends: said.end,
			placeId: said.place ? null : batch.local(said.location, 'Location', one),
			placeText: said.place,
			created: createdOf(one, tx.now),
			from: {
				source: source.name,
				address: web ?? webOf(address),
				files: [],
				...(said.quorum.length && { told: { quorum: quorumOf(batch, one) } }),
			},
			opened: said.opened,
			closed: said.closed,
			slug: batch.slugIn(web, 'sitzungen'),
			participants: said.attendance.length
				? attendanceOf(batch, one)
				: batch.locals(said.participant, 'Person', one).map((personId) => present(personId, names.get(personId) ?? '')),
		});
	}
	if (rows.length) await sessionsOfOthers.takeOverSessions(tx, rows);
	const touched = await mapItems(batch);
	for (const id of await mapFiles(batch, FILES)) touched.add(id);
	for (const { id } of rows) touched.delete(id);
	sessionsOfOthers.touchSessions(tx, touched);
}

type ToldSession = ReturnType<Batch['of']>[number] & { document: { said: Said['Meeting'] } };

/** Who was there, with substitutes and seats. A person who is not here is told by name. */
function attendanceOf(batch: Batch, one: ToldSession): sessionsOfOthers.TakenParticipant[] {
	return one.document.said.attendance.map(({ person, organization, substituteForPerson, ...row }) => ({
		...row,
		personId: batch.local(person, 'Person', one),
		councilBodyId: batch.local(organization, 'Organization', one),
		substituteForId: batch.local(substituteForPerson, 'Person', one),
	}));
}

function present(personId: string, name: string): sessionsOfOthers.TakenParticipant {
	const nothing = { function: '', organisation: '', councilBodyId: null, seat: null, from: null, until: null };
	return { ...nothing, personId, name, voting: true, status: 'present', substituteFor: '', substituteForId: null };
}

function quorumOf(batch: Batch, one: ToldSession): QuorumElsewhere[] {
	return one.document.said.quorum.map(({ organization, stated, statedPresent, at, ...outcome }) => ({
		organisation: batch.local(organization, 'Organization', one),
		stated,
		statedPresent,
		at,
		outcome,
	}));
}

export function webOf(address: string): string | null {
	return /^https?:/.test(address) ? address : null;
}

/** "4. Sitzung des Rates", "12. öffentliche Sitzung": the number that the source gives it. */
function numberIn(name: string): number | null {
	const number = /^(\d{1,4})\.\s.*sitzung/i.exec(name)?.[1];
	return number ? Number(number) : null;
}

/** An organisation that is named by a session meets, whatever it is called. */
async function makeBodies(batch: Batch, ids: string[]): Promise<void> {
	const { rows } = await sql<{ id: string; name: string }>`select o.id, o.name from registry.organisation o
		where o.body_id = ${batch.tx.body.id} and o.id = any (${ids}::uuid[]) and not exists (select from council.council_body b
			where b.body_id = o.body_id and b.id = o.id)`.execute(batch.tx.db);
	const bodies = rows.map((row) => ({
		...row,
		kind: 'committee' as const,
		advisory: false,
		purpose: '',
		from: '1900-01-01',
	}));
	if (bodies.length) await sessionsOfOthers.takeOverBodies(batch.tx, bodies);
}

/** @returns sessions of which an item changed */
async function mapItems(batch: Batch): Promise<Set<string>> {
	const { tx, findings } = batch;
	const touched = new Set<string>();
	for (const one of batch.goneOf('AgendaItem')) {
		const meeting = (await batch.isLast(one)) ? await sessionsOfOthers.takeBackItem(tx, one.localId!) : null;
		if (meeting) touched.add(meeting);
	}
	const all = batch.of('AgendaItem');
	await batch.know(
		all.flatMap(({ document: { said } }) => [said.meeting, ...namedInVotes(said), ...said.duties.flatMap(namedInDuty)]),
	);
	const rows = [];
	for (const one of all) {
		const { said } = one.document;
		const meetingId = batch.local(said.meeting, 'Meeting', one);
		if (!meetingId) {
			findings.add('AgendaItem', 'orphan', one.id);
			continue;
		}
		if (!said.name) findings.add('AgendaItem', 'noName', one.id);
		const { result, note } = itemResult(said.result);
		if (said.result && !result) findings.add('AgendaItem', 'unknownWord', `${one.id} result ${said.result}`);
		touched.add(meetingId);
		rows.push({
			id: batch.keep(one),
			meetingId,
			order: said.order,
			number: said.number,
			title: said.name || (said.number ? `TOP ${said.number}` : '…'),
			public: said.public ?? true,
			result,
			resultNote: note || said.resultNote,
			noteBeside: !note && said.resultNote !== '',
			resolution: said.resolutionText,
			opened: said.start,
			closed: said.end,
			votes: votesOf(batch, one),
			elections: said.elections,
		});
	}
	if (!rows.length) return touched;
	await sessionsOfOthers.takeOverItems(tx, rows);
	const kept = new Set(rows.map(({ id }) => id));
	const held = all.map((one) => ({ one, itemId: batch.local(one.id, 'AgendaItem') ?? '' }));
	await mapDuties(
		batch,
		held.filter(({ itemId }) => kept.has(itemId)),
	);
	return touched;
}

type ToldItem = ReturnType<Batch['of']>[number] & { document: { said: Said['AgendaItem'] } };

const namedInVotes = ({ votes }: Said['AgendaItem']) =>
	votes.flatMap(({ organization, voices }) => [organization, ...voices.map(({ person }) => person)]);

function votesOf(batch: Batch, one: ToldItem): sessionsOfOthers.TakenVote[] {
	return one.document.said.votes.map(({ organization, voices, ...vote }) => ({
		...vote,
		councilBodyId: batch.local(organization, 'Organization', one),
		voices: voices.map(({ name, person, voice }) => ({
			name,
			personId: batch.local(person, 'Person', one),
			voice: voice === 'notVoting' ? 'presentNotVoting' : voice,
		})),
	}));
}

const FILE_KINDS: Record<string, string> = {
	invitation: 'invitation',
	resultsProtocol: 'minutes',
	verbatimProtocol: 'verbatim',
	resolutionFile: 'resolution',
};

const FILES: FileHolder = {
	kind: 'Meeting',
	kindOf: ({ place }) => FILE_KINDS[place] ?? 'attachment',
	takeBack: sessionsOfOthers.takeBackSessionFile,
	at: sessionsOfOthers.sessionFilesAt,
	link: sessionsOfOthers.linkSessionFiles,
};
