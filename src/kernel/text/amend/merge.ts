/**
 * Bringing proposals together: a base, what is proposed, and decisions in the order in which they were taken. Everything else
 * follows from these three, so that a merge can be stored, played again and taken back step by step.
 */
import { createHash } from 'node:crypto';
import { documentHash } from '../hash.ts';
import { normalise } from '../normalise.ts';
import type { DraftBlock, TextDocument } from '../schema.ts';
import { applyEdits, changesBetween } from './changes.ts';
import type { Change, Edit } from './changes.ts';
import { collides, findCollisions } from './collisions.ts';
import type { ProposedChange, Spot } from './collisions.ts';
import { contextOf, passageOf, passageText, wordingEdit } from './passage.ts';
import type { Passage } from './passage.ts';
import { documentOf, strandOf } from './strand.ts';
import type { Strand } from './strand.ts';

export interface Proposal {
	id: string;
	/** `documentHash` of the text it was written on. */
	base: string;
	text: TextDocument;
}

/** What somebody decides about changes, by their ids. */
export type Choice =
	/** They come into the text. Refused where something that collides is in it. */
	| { kind: 'accept'; changes: string[] }
	/** They come into the text, what collides with them stays out. */
	| { kind: 'take'; changes: string[] }
	| { kind: 'reject'; changes: string[] }
	/** Instead of this change and all that collide with it, the passage gets this wording. No blocks: the passage goes. */
	| { kind: 'own'; change: string; passage: Passage; wording: DraftBlock[] };

export type Decision = Choice & {
	/** Who decided: an id the caller understands. */
	by: string;
	/** When, ISO 8601. */
	at: string;
	note?: string;
};

export type Standing = 'open' | 'accepted' | 'rejected' | 'replaced';

export interface Merge {
	readonly base: TextDocument;
	readonly strand: Strand;
	readonly proposals: readonly Proposal[];
	readonly changes: readonly ProposedChange[];
	readonly spots: readonly Spot[];
	/** The log. */
	readonly decisions: readonly Decision[];
}

export class MergeRefused extends Error {
	override readonly name = 'MergeRefused';
	/** `base`: written on another text. `unknown`: no such change. `collision`: what collides is in the text. */
	readonly code: 'base' | 'unknown' | 'collision';

	constructor(code: MergeRefused['code'], detail: string) {
		super(`merge refused (${code}): ${detail}`);
		this.code = code;
	}
}

/**
 * A merge with the decisions taken so far; those on changes that nobody proposes any more have no effect.
 * @throws MergeRefused `base`
 */
export function openMerge(
	base: TextDocument,
	proposals: readonly Proposal[],
	decisions: readonly Decision[] = [],
): Merge {
	const hash = documentHash(base);
	const stranger = proposals.find((proposal) => proposal.base !== hash);
	if (stranger) throw new MergeRefused('base', stranger.id);
	const own = exactHash(base);
	// A strand knows the blocks of its own text: the same words read anew are other blocks.
	const { text: read, strand } = lately(strands, 8, own, () => ({ text: base, strand: strandOf(base.blocks) }));
	const all = proposals.map(({ id, text }) => ({
		proposal: id,
		changes: lately(compared, 64, `${own} ${exactHash(text)}`, () => changesBetween(read, text, strand)),
	}));
	return { base: read, strand, proposals, ...findCollisions(all), decisions };
}

/** A merge is looked at many times while its texts stay as they are: comparing is what costs. Nobody changes what is kept. */
const strands = new Map<string, { text: TextDocument; strand: Strand }>();
const compared = new Map<string, readonly Change[]>();

/** What was made for this key, as long as it is among so many that were asked for last. */
function lately<T>(kept: Map<string, T>, most: number, key: string, make: () => T): T {
	const value = kept.get(key) ?? make();
	kept.delete(key);
	kept.set(key, value);
	for (const oldest of kept.keys()) {
		if (kept.size <= most) break;
		kept.delete(oldest);
	}
	return value;
}

/** Block ids included: changes name places of exactly this text. */
function exactHash(text: TextDocument): string {
	return createHash('sha256').update(JSON.stringify(text)).digest('base64url');
}

/** The merge with one decision more. @throws MergeRefused `unknown`, `collision` */
export function decide(merge: Merge, decision: Decision): Merge {
	const known = new Set(merge.changes.map(({ id }) => id));
	const named = decision.kind === 'own' ? [decision.change] : decision.changes;
	const missing = named.find((id) => !known.has(id));
	if (missing !== undefined) throw new MergeRefused('unknown', missing);
	const state = outcomeOf(merge);
	if (decision.kind === 'accept' || decision.kind === 'take') {
		const wanted = merge.changes.filter(({ id }) => named.includes(id));
		const inText = (id: string) =>
			named.includes(id) || (decision.kind === 'accept' && state.standing.get(id) === 'accepted');
		const against = wanted.find((change) => change.collidesWith.some(inText));
		const own =
			decision.kind === 'accept' && wanted.find((change) => state.own.some(({ edit }) => touches(change, edit)));
		if (against || own) throw new MergeRefused('collision', (against || own || { id: '' }).id);
	}
	return { ...merge, decisions: [...merge.decisions, decision] };
}

/** The merge as it was before the last decision. */
export function undo(merge: Merge): Merge {
	return { ...merge, decisions: merge.decisions.slice(0, -1) };
}

export interface Outcome {
	/** What became of each change, by its id. */
	standing: Map<string, Standing>;
	/** The decision that says so, where it is no longer open. */
	decidedBy: Map<string, Decision>;
	/** Own wordings that are in the text. */
	own: { edit: Edit; decision: Extract<Decision, { kind: 'own' }> }[];
}

/** What the decisions come to. */
export function outcomeOf(merge: Merge): Outcome {
	const byId = new Map(merge.changes.map((change) => [change.id, change]));
	const outcome: Outcome = {
		standing: new Map(merge.changes.map(({ id }) => [id, 'open'])),
		decidedBy: new Map(),
		own: [],
	};
	const set = (id: string, standing: Standing, decision: Decision) => {
		outcome.standing.set(id, standing);
		outcome.decidedBy.set(id, decision);
	};
	for (const decision of merge.decisions) {
		if (decision.kind === 'own') {
			const edit = wordingEdit(merge.strand, decision.passage, decision.wording);
			outcome.own = outcome.own.filter((other) => !collides(other.edit, edit)).concat({ edit, decision });
			for (const change of merge.changes) if (touches(change, edit)) set(change.id, 'replaced', decision);
			continue;
		}
		for (const id of decision.changes) {
			const change = byId.get(id);
			if (!change) continue;
			set(id, decision.kind === 'reject' ? 'rejected' : 'accepted', decision);
			if (decision.kind === 'reject') continue;
			for (const other of change.collidesWith) {
				if (!decision.changes.includes(other)) set(other, 'rejected', decision);
			}
			dropOwn(outcome, merge, change);
		}
	}
	return outcome;
}

/** A change that is taken after all pushes an own wording out of the text; what that one had replaced is open again. */
function dropOwn(outcome: Outcome, merge: Merge, change: ProposedChange): void {
	const gone = outcome.own.filter(({ edit }) => touches(change, edit));
	if (!gone.length) return;
	outcome.own = outcome.own.filter((one) => !gone.includes(one));
	for (const other of merge.changes) {
		const by = outcome.decidedBy.get(other.id);
		if (outcome.standing.get(other.id) !== 'replaced' || !gone.some(({ decision }) => decision === by)) continue;
		outcome.standing.set(other.id, 'open');
		outcome.decidedBy.delete(other.id);
	}
}

function touches(change: ProposedChange, edit: Edit): boolean {
	return change.edits.some((one) => collides(one, edit));
}

/** The text with everything that was decided; what is open stays as in the base. */
export function mergedText(merge: Merge): TextDocument {
	return documentOf(applyEdits(merge.strand.tokens, editsInText(merge)));
}

function editsInText(merge: Merge): Edit[] {
	const { standing, own } = outcomeOf(merge);
	const accepted = merge.changes.filter(({ id }) => standing.get(id) === 'accepted');
	return [...accepted.flatMap(({ edits }) => edits), ...own.map(({ edit }) => edit)];
}

/** Changes of a proposal that nothing in the text or among themselves stands against: they can be accepted at once. */
export function freeChanges(merge: Merge, proposal: string): string[] {
	const { standing } = outcomeOf(merge);
	return merge.changes
		.filter(({ id, proposals, collidesWith }) => {
			if (!proposals.includes(proposal) || standing.get(id) !== 'open') return false;
			return collidesWith.every((other) => standing.get(other) === 'rejected');
		})
		.map(({ id }) => id);
}

/** Where an own wording would go instead of a change: its passage, and the words that stand there now. */
export function passageFor(merge: Merge, change: string): { passage: Passage; current: TextDocument } {
	const spots = merge.spots.filter((spot) => spot.changes.some(({ id }) => id === change));
	const spot = spots.find((one) => one.collision) ?? spots[0];
	if (!spot) throw new MergeRefused('unknown', change);
	const passage = passageOf(merge.strand, spot.edits);
	return { passage, current: fromOne(passageText(merge.strand, passage, editsInText(merge))) };
}

/** Items to write on count from 1: where they stand, the list itself knows. */
function fromOne({ version, blocks }: TextDocument): TextDocument {
	const counted = blocks.map((block): DraftBlock => {
		if (block.kind !== 'list') return block;
		const { start: _, ...list } = block;
		return list;
	});
	return { version, blocks: normalise({ blocks: counted }).blocks };
}

/** A passage of the base as each of these changes alone would have it, in the frame that shows all of them. */
export function besides(merge: Merge, changes: readonly ProposedChange[]): Passages {
	const edits = changes.flatMap(({ edits: [first] }) => (first ? [first] : []));
	return passagesIn(
		merge,
		edits,
		changes.map((change) => change.edits),
	);
}

export interface Passages {
	passage: Passage;
	/** As in the base. */
	before: TextDocument;
	/** As each selection of edits would have it. */
	after: TextDocument[];
}

/** The paragraph, item, row or blocks around some edits, before and after each selection of edits. */
export function passagesIn(merge: Merge, around: readonly Edit[], selections: readonly (readonly Edit[])[]): Passages {
	const passage = contextOf(merge.strand, around);
	return {
		passage,
		before: passageText(merge.strand, passage, []),
		after: selections.map((edits) => passageText(merge.strand, passage, edits)),
	};
}
