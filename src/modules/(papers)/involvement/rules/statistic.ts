import type { Standing } from './standing.ts';
import { suppress } from './suppress.ts';

export const OMISSION_CODES = ['notRelevant', 'urgent', 'forgotten', 'technical', 'other'] as const;

/**
 * One involvement that a rule asks for: a matter and an office (or body) that it has to involve. A matter that has to involve
 * two counts twice, so that every omission counts. Only matters stand in it, no persons.
 */
export interface Unit {
	department: string;
	/** Null: the matter never named one. */
	type: string | null;
	requested: boolean;
	/** Before the draft was final, the mayor approved or the council decided, and before an omission was recorded (R4-08). */
	requestedInTime: boolean;
	informedInTime: boolean;
	/** Days from the opening to the first information. */
	informedAfter: number | null;
	omitted: (typeof OMISSION_CODES)[number] | null;
	/** Of the latest request; null while there is none. */
	standing: Standing | null;
	answeredInTime: boolean;
	/** Days from asking to answering. */
	answeredAfter: number | null;
	takenUp: 'yes' | 'partly' | 'no' | null;
}

export interface Rate {
	part: number;
	of: number;
	/** Per cent, rounded; null of nothing. */
	percent: number | null;
}

export interface Figures {
	required: number;
	requested: number;
	requestedInTime: number;
	suppliedLater: number;
	informedInTime: number;
	/** Neither asked nor on record why not. */
	missing: number;
	omitted: Record<(typeof OMISSION_CODES)[number], number>;
	answered: number;
	answeredInTime: number;
	agreed: number;
	remarks: number;
	refused: number;
	notAffected: number;
	bias: number;
	noAnswer: number;
	/** Asked, and not yet answered: under way, outdated, or the office is vacant. */
	pending: number;
	takenUp: { yes: number; partly: number; no: number; open: number };
	medianInformed: number | null;
	medianAnswered: number | null;
}

const ANSWERS = ['agreed', 'agreedWithRemarks', 'refused', 'notAffected', 'abstainedBias'] as const;

/** What is counted among these involvements (rulebook section 4, compliance statistic). */
export function figuresOf(units: readonly Unit[]): Figures {
	const count = (is: (unit: Unit) => boolean) => units.filter(is).length;
	const requested = count((unit) => unit.requested);
	const requestedInTime = count((unit) => unit.requestedInTime);
	const answered = count(isAnswered);
	const noAnswer = count(({ standing }) => standing === 'noAnswer');
	const withRemarks = units.filter(hasRemarks);
	const took = (what: Unit['takenUp']) => withRemarks.filter(({ takenUp }) => takenUp === what).length;
	return {
		required: units.length,
		requested,
		requestedInTime,
		suppliedLater: requested - requestedInTime,
		informedInTime: count((unit) => unit.informedInTime),
		missing: count((unit) => !unit.requested && unit.omitted === null),
		omitted: Object.fromEntries(
			OMISSION_CODES.map((code) => [code, count(({ omitted }) => omitted === code)]),
		) as Figures['omitted'],
		answered,
		answeredInTime: count((unit) => unit.answeredInTime),
		agreed: count(({ standing }) => standing === 'agreed'),
		remarks: count(({ standing }) => standing === 'agreedWithRemarks'),
		refused: count(({ standing }) => standing === 'refused'),
		notAffected: count(({ standing }) => standing === 'notAffected'),
		bias: count(({ standing }) => standing === 'abstainedBias'),
		noAnswer,
		pending: requested - answered - noAnswer,
		takenUp: { yes: took('yes'), partly: took('partly'), no: took('no'), open: took(null) },
		medianInformed: median(units.map(({ informedAfter }) => informedAfter)),
		medianAnswered: median(units.map(({ answeredAfter }) => answeredAfter)),
	};
}

function isAnswered({ standing }: Unit): boolean {
	return ANSWERS.some((answer) => answer === standing);
}

function hasRemarks({ standing }: Unit): boolean {
	return standing === 'agreedWithRemarks' || standing === 'refused';
}

/** The middle one; of two, their mean. Null of nothing. */
export function median(values: readonly (number | null)[]): number | null {
	const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
	if (!sorted.length) return null;
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function rate(part: number, of: number): Rate {
	return { part, of, percent: of ? Math.round((100 * part) / of) : null };
}

/** The four rates of the statistic, with numerator and denominator. */
export interface Rates {
	requested: Rate;
	early: Rate;
	answered: Rate;
	takenUp: Rate;
}

export function ratesOf(figures: Figures): Rates {
	const { takenUp } = figures;
	return {
		requested: rate(figures.requested, figures.required),
		early: rate(figures.informedInTime, figures.required),
		answered: rate(figures.answered, figures.requested),
		takenUp: rate(takenUp.yes + takenUp.partly, figures.remarks + figures.refused),
	};
}

/** One line of a table. `rates` is null where it is hidden; the number of cases never is. */
export interface StatisticRow {
	key: string;
	required: number;
	rates: Rates | null;
	inTime: { requested: number; answered: number } | null;
}

export interface Statistic {
	/** How many involvements a rule asked for. */
	required: number;
	/** Null where the sum is hidden, because it would tell what small rows hide. */
	total: Figures | null;
	rates: Rates | null;
	byDepartment: StatisticRow[];
	byType: StatisticRow[];
}

/** The statistic as it may be shown: small rows hidden, and as many more as it takes (`suppress`). */
export function statisticOf(units: readonly Unit[]): Statistic {
	const tables = [grouped(units, ({ department }) => department), grouped(units, ({ type }) => type ?? '')];
	const { hidden, totalHidden } = suppress(
		tables.map((rows) => rows.map(({ key, figures }) => ({ key, n: figures.required, values: measures(figures) }))),
	);
	const shown = (table: number) =>
		tables[table]!.map(({ key, figures }) => ({
			key,
			required: figures.required,
			...(hidden[table]!.has(key)
				? { rates: null, inTime: null }
				: {
						rates: ratesOf(figures),
						inTime: { requested: figures.requestedInTime, answered: figures.answeredInTime },
					}),
		}));
	const total = figuresOf(units);
	const open = !totalHidden && units.length >= 1 && !tables[0]!.every(({ key }) => hidden[0]!.has(key));
	return {
		required: units.length,
		total: open ? total : null,
		rates: open ? ratesOf(total) : null,
		byDepartment: shown(0),
		byType: shown(1),
	};
}

/** What a row shows of itself; each is between 0 and its number of cases. */
function measures(figures: Figures): number[] {
	const { requested, requestedInTime, informedInTime, answered, answeredInTime, remarks, refused, takenUp } = figures;
	return [
		requested,
		requestedInTime,
		informedInTime,
		answered,
		answeredInTime,
		remarks + refused,
		takenUp.yes + takenUp.partly,
	];
}

function grouped(units: readonly Unit[], by: (unit: Unit) => string): { key: string; figures: Figures }[] {
	return [...Map.groupBy(units, by)]
		.map(([key, some]) => ({ key, figures: figuresOf(some) }))
		.toSorted((a, b) => b.figures.required - a.figures.required || a.key.localeCompare(b.key, 'de'));
}
