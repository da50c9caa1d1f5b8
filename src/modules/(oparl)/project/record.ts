/** What OParl 1.1 has no place for, of one session: votes, elections, attendance, quorum (docs/oparl.md, "Vendor properties"). Pure. */
import type { sessionsOfOthers } from '#server/council';
import { linkTo, moment } from './node.ts';
import { told } from './deep.ts';

/** As votes of other systems are taken over, with links where those have ids; voices are empty but for roll calls. */
export type VoteSource = Omit<sessionsOfOthers.TakenVote, 'councilBodyId' | 'voices'> & {
	organisation: string | null;
	voices: { name: string; person: string | null; voice: string }[];
};

/** As elections of other systems are taken over. */
export type ElectionSource = Omit<sessionsOfOthers.TakenElection, 'elected'> & { elected: string | null };

export interface AttendanceSource {
	name: string;
	function: string;
	organisation: string;
	person: string | null;
	council: string | null;
	seat: number | null;
	voting: boolean;
	status: string;
	substituteFor: string;
	substituteForPerson: string | null;
	from: string | null;
	until: string | null;
}

export interface QuorumSource {
	organisation: string | null;
	stated: boolean | null;
	statedPresent: number | null;
	at: string | null;
	outcome: { base?: number; needed?: number; present?: number; quorate?: boolean } | null;
}

const link = (type: 'Person' | 'Organization', id: string | null) => (id ? linkTo(type, id) : undefined);

/** Figures of the votes on one item; names only where the vote was by name (rulebook R2-44). */
export function votesOf(votes: readonly VoteSource[]): unknown {
	return told(
		votes.map(({ organisation, voices, ...vote }) => ({
			...vote,
			organization: link('Organization', organisation),
			voices: voices.map(({ name, person, voice }) => ({
				name,
				person: link('Person', person),
				voice: voice === 'presentNotVoting' ? 'notVoting' : voice,
			})),
		})),
	);
}

/** Elections of one item: rounds that were counted, and who was elected (R2-51). */
export function electionsOf(elections: readonly ElectionSource[]): unknown {
	return told(elections.map(({ rounds, ...one }) => ({ ...one, round: rounds })));
}

/** Who was there for which seat, with substitutes; never why somebody was not (R1-03, R1-19). */
export function attendanceOf(rows: readonly AttendanceSource[], timeZone: string): unknown {
	return told(
		rows.map(({ person, council, substituteFor, substituteForPerson, from, until, ...row }) => ({
			...row,
			person: link('Person', person),
			organization: link('Organization', council),
			substituteFor: substituteFor ? { name: substituteFor, person: link('Person', substituteForPerson) } : undefined,
			from: moment(from, timeZone),
			until: moment(until, timeZone),
		})),
	);
}

/** What was stated about the quorum, and what was counted: the newest finding of each body (R2-21 to R2-23). */
export function quorumOf(rows: readonly QuorumSource[], timeZone: string): unknown {
	return told(
		rows.map(({ organisation, stated, statedPresent, at, outcome }) => ({
			organization: link('Organization', organisation),
			stated,
			statedPresent,
			at: moment(at, timeZone),
			base: outcome?.base,
			needed: outcome?.needed,
			present: outcome?.present,
			quorate: outcome?.quorate,
		})),
	);
}
