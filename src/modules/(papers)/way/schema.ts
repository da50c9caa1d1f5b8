import { z } from 'zod';
import { RESULTS, ROLES } from './types.ts';

const day = z.iso.date().or(z.literal(''));
const id = z.uuid().or(z.literal(''));
const ticked = z
	.literal('on')
	.optional()
	.transform((value) => value === 'on');
/** Figures of a vote; nothing is "not counted". */
const count = z
	.string()
	.trim()
	.regex(/^\d{0,4}$/)
	.default('')
	.transform((text) => (text === '' ? null : Number(text)));

/** A station as it is typed. Who holds it jointly comes as `mit`, the leading body as `body`. */
export const StationForm = z.object({
	body: id.default(''),
	/** A committee that is not in the register yet. */
	bodyName: z.string().trim().max(200).default(''),
	role: z.enum(ROLES),
	plannedOn: day.default(''),
	closed: ticked,
	/** Where it goes: empty before the decision, `end`, or the id of the station it stands beside. */
	place: z.string().max(40).default(''),
	secondReason: z.string().trim().max(500).default(''),
});
export type StationGiven = z.infer<typeof StationForm> & { jointly: string[] };

export const OutcomeForm = z.object({
	result: z.enum(RESULTS),
	happenedOn: day.default(''),
	text: z.string().trim().max(20_000).default(''),
	wording: z.string().max(200_000).default(''),
	unanimous: ticked,
	/** "WV v. …": the day it comes again. */
	resubmitOn: day.default(''),
	referTo: id.default(''),
	/** Why it is another outcome than before. */
	reason: z.string().trim().max(500).default(''),
});
export type OutcomeGiven = z.infer<typeof OutcomeForm> & { votes: VotesGiven[] };

/** Figures of one body. */
export interface VotesGiven {
	organisationId: string | null;
	yes: number | null;
	no: number | null;
	abstain: number | null;
}

const Figures = z.object({ yes: count, no: count, abstain: count });

/** The figures of each body from the fields `yes-0`, `no-0`, …; null for what is no number. */
export function votesIn(typed: Record<string, string>, bodies: readonly string[]): VotesGiven[] | null {
	const rows = (bodies.length ? bodies : [null]).map((organisationId, at) => {
		const read = Figures.safeParse({ yes: typed[`yes-${at}`], no: typed[`no-${at}`], abstain: typed[`abstain-${at}`] });
		return read.success ? { organisationId, ...read.data } : null;
	});
	return rows.some((row) => row === null)
		? null
		: rows
				.filter((row) => row !== null)
				.filter(({ yes, no, abstain }) => yes !== null || no !== null || abstain !== null);
}

export const ReasonForm = z.object({ reason: z.string().trim().min(1).max(500) });

/** What putting it on an agenda needs besides the session: words of a closed item, a reason after the invitation. */
export const AgendaForm = z.object({
	meeting: z.uuid(),
	closedCode: z.string().max(40).default(''),
	closedBasis: z.string().trim().max(200).default(''),
	neutralTitle: z.string().trim().max(200).default(''),
	late: z.string().trim().max(500).default(''),
});
export type AgendaGiven = z.infer<typeof AgendaForm>;

export const StatuteForm = z.object({
	councilBody: z.uuid(),
	inForceOn: z.iso.date(),
	statuteTitle: z.string().trim().min(1).max(300),
});
export type StatuteGiven = z.infer<typeof StatuteForm>;
