import { decisionOf, isFinal, nextOf, type StationFacts } from './facts.ts';

/** "Was wurde daraus?": the facts of one sentence, from what the reader may know. The page says it in their language. Pure. */
export type Became =
	| { kind: 'draft' }
	| { kind: 'withdrawn'; on: string | null }
	/** The station that decides has spoken. */
	| { kind: 'decided'; how: Decided; on: string | null; body: string }
	/** An inquiry, or another paper that wants an answer: it came. */
	| { kind: 'answered'; by: string; on: string | null }
	/** All were told who were to be told. */
	| { kind: 'noted'; on: string | null; body: string }
	/** It only tells, and nobody has to decide on it. */
	| { kind: 'tells' }
	/** An old paper: it went its way, and what came of it is not known here. */
	| { kind: 'unknown' }
	| { kind: 'open'; said: Said; bodies: string[]; next: Next };

export type Decided = 'adopted' | 'adoptedChanged' | 'rejected' | 'noted' | 'settled' | 'withdrawn' | 'other';
/** What those recommend who have been asked so far. */
export type Said = 'none' | 'for' | 'changed' | 'against' | 'mixed';
/** What comes next. */
export type Next = { kind: 'decides' | 'consults'; on: string | null; body: string } | { kind: 'none' };

export interface BecamePaper {
	state: 'draft' | 'filed' | 'withdrawn';
	withdrawnOn: string | null;
	/** Number and day of the paper that answers this one, where one is public. */
	answer: { reference: string; on: string | null } | null;
	/** It wants an answer, not a decision. */
	asks: boolean;
	/** It only tells something: a report, a statement for itself. */
	tells?: boolean;
	/** Taken over from an old document: what is not known of it is not therefore still to come. */
	takenOver: boolean;
}

/** @param stations those that the reader may know of; approvals inside the house are none of them */
export function became(paper: BecamePaper, stations: readonly StationFacts[]): Became {
	if (paper.state === 'draft') return { kind: 'draft' };
	if (paper.state === 'withdrawn') return { kind: 'withdrawn', on: paper.withdrawnOn };
	const heard = stations.filter(({ role }) => role !== 'approval');
	const decided = decisionOf(heard);
	if (decided)
		return {
			kind: 'decided',
			how: DECIDED[decided.result!] ?? 'other',
			on: decided.happenedOn,
			body: nameOf(decided),
		};
	if (paper.asks && paper.answer) return { kind: 'answered', by: paper.answer.reference, on: paper.answer.on };
	const told = heard.filter(isFinal);
	const next = nextStep(heard);
	const last = told.at(-1);
	if (last && next.kind === 'none' && told.every(({ result }) => result === 'noted'))
		return { kind: 'noted', on: last.happenedOn, body: nameOf(last) };
	if (paper.takenOver && next.kind === 'none') return { kind: 'unknown' };
	if (paper.tells && !heard.length) return { kind: 'tells' };
	return { kind: 'open', ...recommended(heard), next };
}

const DECIDED: Partial<Record<NonNullable<StationFacts['result']>, Decided>> = {
	adopted: 'adopted',
	adoptedChanged: 'adoptedChanged',
	rejected: 'rejected',
	noted: 'noted',
	settled: 'settled',
	withdrawn: 'withdrawn',
};

const nameOf = ({ bodies }: StationFacts): string => bodies[0]?.name ?? '';

/** The deciding station tells most; before it has a day, the next one that has. */
function nextStep(stations: readonly StationFacts[]): Next {
	const planned = stations.filter(({ state }) => state === 'planned');
	const next = nextOf(planned);
	if (!next) return { kind: 'none' };
	const decides = next.role === 'deciding';
	return { kind: decides ? 'decides' : 'consults', on: next.plannedOn, body: nameOf(next) };
}

function recommended(stations: readonly StationFacts[]): { said: Said; bodies: string[] } {
	const voices = stations.flatMap((station) => {
		const { role, state, result, repeated } = station;
		if (repeated || state !== 'done' || (role !== 'advisory' && role !== 'hearing')) return [];
		const said =
			result === 'adopted' ? 'for' : result === 'adoptedChanged' ? 'changed' : result === 'rejected' ? 'against' : null;
		return said ? [{ said, body: nameOf(station) } as const] : [];
	});
	const kinds = new Set(voices.map(({ said }) => said));
	const said: Said = kinds.size > 1 ? 'mixed' : ([...kinds][0] ?? 'none');
	return { said, bodies: [...new Set(voices.map(({ body }) => body).filter(Boolean))] };
}
