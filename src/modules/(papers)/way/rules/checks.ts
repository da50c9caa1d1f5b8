import { decidingOf, decisionOf, isFinal, type StationFacts } from './facts.ts';

/** What is checked about a paper's way. Pure. */
export type CheckCode =
	/** Filed, and nobody said where it goes. */
	| 'wayMissing'
	| 'reportBeforeDecision'
	| 'deadlinePassed'
	| 'councilMissing'
	| 'decidingMissing'
	| 'decidingNotLast'
	| 'outcomeMissing'
	/** Adopted, but the version of the statute could not be made. */
	| 'statuteOpen';

export interface Finding {
	code: CheckCode;
	/** ISO days and names for the sentence. */
	values: Record<string, string>;
}

export interface CheckedPaper {
	/** What the program does with the type. */
	code: string;
	state: 'draft' | 'filed' | 'withdrawn';
	relevant: boolean | null;
	/** By when the paper asks for a report, and the words of its text that say so (empty: somebody entered it). */
	reportBy: string | null;
	reportWords: string;
	/** Name of the council that should be heard (R3-28); null in a town without one, and where a council brought it in. */
	council: string | null;
}

const DECIDED: readonly string[] = ['motion', 'resolutionProposal', 'amendment'];

/** Everything that is wrong with the way of a paper on a day. A withdrawn paper has nothing to be checked. */
export function checkWay(paper: CheckedPaper, stations: readonly StationFacts[], today: string): Finding[] {
	if (paper.state === 'withdrawn') return [];
	return [
		wayAtAll(paper, stations),
		reportDay(paper, stations, today),
		councilStation(paper, stations),
		...decidingStation(paper, stations),
		...missingOutcomes(stations, today),
	].filter((finding) => finding !== null);
}

/** R3-12: who is to decide has to hear of it. */
function wayAtAll({ code, state }: CheckedPaper, stations: readonly StationFacts[]): Finding | null {
	const lost = state === 'filed' && DECIDED.includes(code) && !stations.length;
	return lost ? { code: 'wayMissing', values: {} } : null;
}

/** R3-17: a report that is due before anybody can have decided on it, or whose day is over without a decision. */
function reportDay(paper: CheckedPaper, stations: readonly StationFacts[], today: string): Finding | null {
	if (!paper.reportBy) return null;
	const report = paper.reportBy;
	const decided = decisionOf(stations);
	// What was decided is no longer what was asked for.
	if (decided && decided.result !== 'adopted') return null;
	const day = decided?.happenedOn ?? latestPlanned(stations);
	const values = { report, words: paper.reportWords };
	if (day && report < day) return { code: 'reportBeforeDecision', values: { ...values, decision: day } };
	return !decided && report < today ? { code: 'deadlinePassed', values } : null;
}

function latestPlanned(stations: readonly StationFacts[]): string | null {
	const days = decidingOf(stations).flatMap(({ happenedOn, plannedOn }) => happenedOn ?? plannedOn ?? []);
	return days.sort().at(-1) ?? null;
}

/** R3-28: the council is touched, and nobody asks it. */
function councilStation({ relevant, council }: CheckedPaper, stations: readonly StationFacts[]): Finding | null {
	if (!relevant || !council) return null;
	const there = stations.some(
		({ state, bodies }) => state !== 'skipped' && bodies.some(({ councilBody }) => councilBody),
	);
	return there ? null : { code: 'councilMissing', values: { council } };
}

/** R3-13: one station decides, as the last one of those that advise. */
function decidingStation({ code }: CheckedPaper, stations: readonly StationFacts[]): Finding[] {
	const deciding = decidingOf(stations);
	if (!deciding.length)
		return DECIDED.includes(code) && stations.length ? [{ code: 'decidingMissing', values: {} }] : [];
	const last = Math.max(...deciding.map(({ step }) => step));
	const behind = stations.find(
		(station) =>
			station.step > last && station.state === 'planned' && !['information', 'deciding'].includes(station.role),
	);
	if (!behind) return [];
	const body = behind.bodies[0]?.name ?? '';
	return [{ code: 'decidingNotLast', values: { body } }];
}

/** R3-14: the day of a station is over, and nobody said what came of it. */
function missingOutcomes(stations: readonly StationFacts[], today: string): Finding[] {
	return stations
		.filter(
			(station) => station.state === 'planned' && !isFinal(station) && station.plannedOn && station.plannedOn < today,
		)
		.map(({ plannedOn, bodies }) => ({
			code: 'outcomeMissing',
			values: { day: plannedOn!, body: bodies[0]?.name ?? '' },
		}));
}
