/** Properties that OParl has no place for, as this program tells them itself (docs/oparl.md, "Vendor properties"). Pure. */
import { isRaw, type Fields } from './fields.ts';
import type {
	SaidAttendance,
	SaidDistrict,
	SaidDuty,
	SaidElection,
	SaidOutcome,
	SaidQuorum,
	SaidSeat,
	SaidVote,
} from './foreign.ts';

function each<T>(fields: Fields, property: string, read: (one: Fields) => T[]): T[] {
	return fields
		.inside(property)
		.filter(isRaw)
		.flatMap((raw) => read(fields.of(raw)));
}

/** More of anything than any council has is a mistake of the other side. */
function figure(fields: Fields, name: string): number | null {
	const count = fields.number(name);
	return count !== null && count < 1_000_000 ? count : null;
}

/** One of the words that are known; else null. */
function word(fields: Fields, name: string, known: readonly string[]): string | null {
	const said = fields.line(name);
	return known.includes(said) ? said : null;
}

/** Null for a place that is no district of a town's list. */
export function districtOf(fields: Fields): SaidDistrict | null {
	const [one] = each(fields, 'mitrat:district', (district) => [
		{
			shortName: district.line('shortName').slice(0, 20),
			position: Math.min(figure(district, 'position') ?? 0, 9999),
			offered: district.truth('offered') ?? true,
		},
	]);
	return one ?? null;
}

const METHODS = ['open', 'rollCall', 'secret', 'written'];
const MAJORITIES = ['simple', 'absolute', 'twoThirds', 'fourFifths'];
const VOICES = ['yes', 'no', 'abstain', 'notVoting'];

export function votesOf(fields: Fields): SaidVote[] {
	return each(fields, 'mitrat:vote', (vote) => {
		const method = word(vote, 'method', METHODS) ?? 'open';
		return [
			{
				text: vote.text('text'),
				yes: figure(vote, 'yes'),
				no: figure(vote, 'no'),
				abstain: figure(vote, 'abstain'),
				invalid: figure(vote, 'invalid'),
				biased: figure(vote, 'biased'),
				notVoting: figure(vote, 'notVoting'),
				present: figure(vote, 'present'),
				unanimous: vote.truth('unanimous') ?? false,
				method,
				adopted: vote.truth('adopted'),
				majority: word(vote, 'majority', MAJORITIES),
				needed: figure(vote, 'needed'),
				organization: vote.link('organization'),
				// names only where the vote was by name (rulebook R2-44)
				voices: method === 'rollCall' ? each(vote, 'voices', voiceOf) : [],
			},
		];
	});
}

function voiceOf(one: Fields): SaidVote['voices'] {
	const [name, voice] = [one.line('name'), word(one, 'voice', VOICES)];
	return name && voice ? [{ name, person: one.link('person'), voice }] : [];
}

const ELECTION_POSTS = ['chair', 'deputyChair', 'board', 'other'];
const ELECTION_STATES = ['open', 'decided', 'accepted', 'declined', 'failed'];

export function electionsOf(fields: Fields): SaidElection[] {
	return each(fields, 'mitrat:election', (one) => [
		{
			post: word(one, 'post', ELECTION_POSTS) ?? 'other',
			title: one.line('title'),
			method: word(one, 'method', ['secret', 'open']) ?? 'secret',
			state: word(one, 'state', ELECTION_STATES) ?? 'decided',
			elected: one.line('elected'),
			rounds: once(each(one, 'round', roundOf), ({ number }) => number),
		},
	]);
}

function roundOf(round: Fields): SaidElection['rounds'] {
	const number = figure(round, 'number');
	const votes = each(round, 'votes', (one) =>
		one.line('name') ? [{ name: one.line('name'), votes: figure(one, 'votes') }] : [],
	);
	if (!number) return [];
	return [
		{
			number,
			present: figure(round, 'present'),
			blank: figure(round, 'blank'),
			invalid: figure(round, 'invalid'),
			against: figure(round, 'against'),
			lot: round.truth('lot') ?? false,
			votes: once(votes, ({ name }) => name),
		},
	];
}

/** The first of each key. */
function once<One>(all: readonly One[], keyOf: (one: One) => unknown): One[] {
	return [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
}

const RHYTHMS = ['once', 'quarter', 'halfYear', 'year'];
const DUTY_STATES = ['active', 'paused', 'ended'];
const DUE_STATES = ['open', 'partly', 'done', 'dropped'];

/** Duties with a day on which something is due; in the order of their days. */
export function dutiesOf(fields: Fields): SaidDuty[] {
	return each(fields, 'mitrat:reportingDuty', (duty) => {
		const [id, subject] = [duty.line('id').slice(0, 200), duty.line('subject').slice(0, 300)];
		const due = each(duty, 'due', dueOf).sort((a, b) => (a.date < b.date ? -1 : 1));
		if (!id || !subject || !due.length) return [];
		const count = figure(duty, 'endCount');
		return [
			{
				id,
				subject,
				recipient: duty.link('recipient'),
				department: duty.link('department'),
				rhythm: word(duty, 'rhythm', RHYTHMS) ?? 'once',
				state: word(duty, 'state', DUTY_STATES) ?? 'ended',
				endDate: duty.day('endDate'),
				endCount: count && count <= 400 ? count : null,
				endCondition: duty.line('endCondition').slice(0, 500),
				due: once(due, ({ date }) => date),
			},
		];
	});
}

function dueOf(due: Fields): SaidDuty['due'] {
	const [date, state] = [due.day('date'), word(due, 'state', DUE_STATES)];
	return date && state ? [{ date, state, papers: due.links('paper') }] : [];
}

const SEAT_KINDS = ['delegated', 'resident', 'organisation', 'exOfficio', 'advisory'];

/** Seats that can be told apart: two of one number at a time are one. */
export function seatsOf(fields: Fields): SaidSeat[] {
	const seats = each(fields, 'mitrat:seat', (seat): SaidSeat[] => {
		const [number, kind, startDate] = [figure(seat, 'number'), seat.line('kind'), seat.day('startDate')];
		const endDate = seat.day('endDate');
		if (number === null || !startDate || !SEAT_KINDS.includes(kind) || (endDate && endDate < startDate)) return [];
		const holders = each(seat, 'holder', (holder) => {
			const [membership, from] = [holder.link('membership'), holder.day('startDate')];
			const until = holder.day('endDate');
			if (!membership || !from || (until && until < from)) return [];
			return [{ membership, startDate: from, endDate: until }];
		});
		return [
			{
				number,
				kind,
				label: seat.line('label'),
				voting: seat.truth('voting') ?? false,
				organization: seat.link('organization'),
				appointedBy: seat.line('appointedBy'),
				startDate,
				endDate,
				holders: apart(holders, () => ''),
			},
		];
	});
	return apart(seats, ({ number }) => String(number));
}

/** Without those that begin before an earlier one of the same key ended. */
function apart<Span extends { startDate: string; endDate: string | null }>(
	spans: Span[],
	keyOf: (span: Span) => string,
): Span[] {
	const kept: Span[] = [];
	for (const span of spans) {
		const meets = (other: Span) =>
			keyOf(other) === keyOf(span) &&
			(other.endDate === null || other.endDate >= span.startDate) &&
			(span.endDate === null || span.endDate >= other.startDate);
		if (!kept.some(meets)) kept.push(span);
	}
	return kept;
}

const STATUS = ['present', 'remote', 'absent', 'unknown'];

export function attendanceOf(fields: Fields): SaidAttendance[] {
	return each(fields, 'mitrat:attendance', (row) => {
		const status = row.line('status');
		const [substitute] = each(row, 'substituteFor', (one) => [{ name: one.line('name'), person: one.link('person') }]);
		const [from, until] = [row.moment('from'), row.moment('until')];
		const ends = until !== null && (from === null || Temporal.Instant.compare(until, from) > 0);
		return [
			{
				name: row.line('name'),
				function: row.line('function'),
				organisation: row.line('organisation'),
				person: row.link('person'),
				organization: row.link('organization'),
				seat: figure(row, 'seat'),
				voting: row.truth('voting') ?? false,
				status: STATUS.includes(status) ? status : 'unknown',
				substituteFor: substitute?.name ?? '',
				substituteForPerson: substitute?.person ?? null,
				from,
				until: ends ? until : null,
			},
		];
	});
}

export function quorumOf(fields: Fields): SaidQuorum[] {
	return each(fields, 'mitrat:quorum', (one) => [
		{
			organization: one.link('organization'),
			stated: one.truth('stated'),
			statedPresent: figure(one, 'statedPresent'),
			at: one.moment('at'),
			base: figure(one, 'base'),
			needed: figure(one, 'needed'),
			present: figure(one, 'present'),
			quorate: one.truth('quorate'),
		},
	]);
}

/** Null where the source says none of it: what is known of the session counts then. */
export function outcomeOf(fields: Fields): SaidOutcome | null {
	const votes = each(fields, 'mitrat:stationVote', (vote) => [
		{
			organization: vote.link('organization'),
			yes: figure(vote, 'yes'),
			no: figure(vote, 'no'),
			abstain: figure(vote, 'abstain'),
			unanimous: vote.truth('unanimous') ?? false,
		},
	]);
	const outcome = {
		plannedOn: fields.day('mitrat:plannedOn'),
		heldOn: fields.day('mitrat:heldOn'),
		skipped: fields.truth('mitrat:skipped') ?? false,
		result: fields.line('mitrat:result'),
		note: fields.text('mitrat:resultNote'),
		votes,
	};
	const { plannedOn, heldOn, skipped, result, note } = outcome;
	return plannedOn || heldOn || skipped || result || note || votes.length ? outcome : null;
}
