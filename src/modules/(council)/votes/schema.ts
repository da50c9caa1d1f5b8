import { z } from 'zod';
import { isId, newId } from '#kernel/ids.ts';
import { ownId } from '../session/own-id.ts';
import { BIAS_GROUNDS, NO_BIAS } from './rules/bias.ts';

/** A number that somebody counted; an empty field is nothing counted, so zero. */
const counted = z
	.string()
	.trim()
	.transform((text) => (text === '' ? '0' : text))
	.pipe(z.string().regex(/^\d{1,3}$/))
	.transform(Number);
const id = z.uuid();
const maybeId = z.union([id, z.literal('').transform(() => null)]).nullish();
const checked = z
	.string()
	.nullish()
	.transform((value) => value === 'ja');
const words = (max: number) => z.string().trim().max(max);

export const MotionForm = z.object({
	item: id,
	motion: ownId,
	kind: z.enum(['main', 'amendment', 'procedural']),
	amends: maybeId,
	text: words(5000).min(1),
	mover: maybeId,
	moverName: words(200).default(''),
	reach: z.coerce.number().int().min(1).max(99).default(1),
});
export type MotionGiven = z.output<typeof MotionForm>;

/** A motion, and the item it stands under. */
export const OneMotion = z.object({ item: id, motion: id });
export const AmendedForm = OneMotion.extend({ text: words(5000).min(1) });

export const OpenVoteForm = OneMotion.extend({
	vote: ownId,
	body: maybeId,
	rollCallAskers: counted.default(0),
	secretAskers: counted.default(0),
	majority: z.string().default(''),
	byMembers: checked,
	/** The warnings of the room were read. */
	anyway: checked,
	reason: words(500).default(''),
});
export type VoteGiven = Omit<z.output<typeof OpenVoteForm>, 'item'>;

export const FiguresForm = z.object({
	vote: id,
	yes: counted,
	no: counted,
	abstain: counted,
	invalid: counted.default(0),
	presentNotVoting: counted.default(0),
	/** Voices that are missing were there and did not vote. */
	anyway: checked,
});
export type FiguresGiven = z.output<typeof FiguresForm>;

export const Voice = z.enum(['yes', 'no', 'abstain', 'presentNotVoting']);
export type Voice = z.infer<typeof Voice>;

/** Fields that stand once for each candidate or member, named by a prefix and an id; what can't be read is left out. */
export function fieldsOf<T>(
	typed: Record<string, unknown>,
	prefix: string,
	read: (value: string) => T | undefined,
): Map<string, T> {
	const found = new Map<string, T>();
	for (const [name, value] of Object.entries(typed)) {
		const meant = name.startsWith(prefix) && typeof value === 'string' ? read(value) : undefined;
		if (meant !== undefined) found.set(name.slice(prefix.length), meant);
	}
	return found;
}

/** What a form of a roll call says of each row of the list. */
export function voicesIn(typed: Record<string, unknown>): Map<string, Voice> {
	return fieldsOf(typed, 'voice-', (value) => Voice.safeParse(value).data);
}

export const VoidForm = z.object({ item: id, vote: id, reason: words(500).min(1) });

/** What else an operation names: the item it is about. */
export const UNDER = { item: id };

export const BiasForm = z.object({
	item: id,
	bias: ownId,
	attendance: id,
	declaredBy: z.enum(['self', 'other']),
	declaredByName: words(200).default(''),
	ground: z.enum([...BIAS_GROUNDS, ...NO_BIAS]),
	direct: checked,
	sentByMunicipality: checked,
});
export type BiasGiven = z.output<typeof BiasForm>;

export const BiasDecision = z.object({
	bias: id,
	decided: z.enum(['barred', 'free']),
	yes: counted,
	no: counted,
	abstain: counted,
});

export const OneBias = z.object({ item: id, bias: id });

export const ElectionForm = z.object({
	item: id,
	election: ownId,
	body: maybeId,
	post: z.enum(['chair', 'deputyChair', 'board', 'other']),
	title: words(200).default(''),
	ledBy: words(200).default(''),
	open: checked,
});
export type ElectionGiven = z.output<typeof ElectionForm>;

export const OneElection = z.object({ item: id, election: id });

export const CandidateForm = z.object({
	election: id,
	candidate: ownId,
	person: maybeId,
	name: words(200).default(''),
	organisation: words(200).default(''),
	proposedBy: words(200).default(''),
});
export type CandidateGiven = z.output<typeof CandidateForm>;

export const ConsentForm = z.object({
	candidate: id,
	consent: z.enum(['given', 'declined']),
	how: words(200).default(''),
});

/** Opens a round: whose names stand on the ballot is said by a field each, `candidate-<id>`. */
export const RoundOpening = z
	.looseObject({ item: id, election: id, round: ownId.transform((given) => given ?? newId()), onDevices: checked })
	.transform(({ item, election, round, onDevices, ...fields }) => {
		const ticked = fieldsOf(fields, 'candidate-', (value) => (value === 'ja' ? true : undefined));
		return { item, election, round, onDevices, candidates: [...ticked.keys()].filter(isId) };
	});

/** What was counted in a round; votes stand in a field for each candidate, `votes-<id>`. */
export const BallotsForm = z
	.looseObject({
		item: id,
		round: id,
		issued: counted,
		returned: counted,
		invalid: counted.default(0),
		blank: counted.default(0),
		against: counted.default(0),
	})
	.transform(({ item, round, issued, returned, invalid, blank, against, ...fields }, ctx) => {
		const votes = new Map<string, number>();
		for (const [candidate, typed] of fieldsOf(fields, 'votes-', (value) => value)) {
			const { success, data } = counted.safeParse(typed);
			if (success && isId(candidate)) votes.set(candidate, data);
			else ctx.addIssue({ code: 'custom', path: [`votes-${candidate}`], message: 'a number' });
		}
		return { item, round, issued, returned, invalid, blank, against, votes };
	});

export const LotForm = z.object({
	round: id,
	winner: id,
	drawnBy: words(200).min(1),
	witness: words(200).min(1),
});

export const AcceptForm = z.object({ election: id, accepted: z.enum(['yes', 'no']), time: words(5).default('') });
