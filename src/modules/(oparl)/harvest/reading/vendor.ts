/** Properties that OParl has no place for, as this program tells them itself (docs/oparl.md, "Vendor properties"). Pure. */
import { isRaw, type Fields } from './fields.ts';
import type { SaidAttendance, SaidOutcome, SaidQuorum, SaidSeat, Votes } from './foreign.ts';

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

const METHODS = ['open', 'rollCall', 'secret', 'written'];

export function votesOf(fields: Fields): Votes[] {
	return each(fields, 'mitrat:vote', (vote) => {
		const method = vote.line('method');
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
				method: METHODS.includes(method) ? method : 'open',
				adopted: vote.truth('adopted'),
			},
		];
	});
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
