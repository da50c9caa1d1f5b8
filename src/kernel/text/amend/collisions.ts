/** Where proposals on one base want different things at one place. */
import { LEVEL } from './changes.ts';
import type { Change, Edit } from './changes.ts';

/** A change with those who propose it. Equal changes of several proposals are one: they agree. */
export interface ProposedChange extends Change {
	/** Ids of proposals, in the order in which they were given. */
	proposals: string[];
	/** Ids of changes that can't stand beside this one. */
	collidesWith: string[];
}

/** Changes that hang together because they touch the same words, directly or through others; one alone has its own. */
export interface Spot {
	changes: ProposedChange[];
	/** The edits of those changes at this place. */
	edits: Edit[];
	collision: boolean;
}

/**
 * Whether two edits of different proposals can't both be made. They can't if a stretch overlaps another, if something is put
 * into what the other takes away, if both insert at one point, or if one inserts words directly beside words that the other
 * replaces: what would come out, nobody wrote.
 */
export function collides(x: Edit, y: Edit): boolean {
	if (x.to === x.from && y.to === y.from) return x.from === y.from && x.level === y.level;
	if (x.to === x.from) return insertedInto(x, y);
	if (y.to === y.from) return insertedInto(y, x);
	return Math.max(x.from, y.from) < Math.min(x.to, y.to);
}

function insertedInto(point: Edit, stretch: Edit): boolean {
	const { from: at, level } = point;
	if (stretch.from < at && at < stretch.to) return true;
	// At the end of a stretch of blocks, words can still be put into its last block.
	if (at === stretch.to && level < stretch.level) return true;
	return level === LEVEL.words && stretch.level === LEVEL.words && (at === stretch.from || at === stretch.to);
}

/** Marks which changes collide. @returns the changes, joined where equal, in the order of the base, and their spots */
export function findCollisions(all: { proposal: string; changes: readonly Change[] }[]): {
	changes: ProposedChange[];
	spots: Spot[];
} {
	const byId = new Map<string, ProposedChange>();
	for (const { proposal, changes } of all) {
		for (const change of changes) {
			const known = byId.get(change.id);
			if (known) known.proposals.push(proposal);
			else byId.set(change.id, { ...change, proposals: [proposal], collidesWith: [] });
		}
	}
	const changes = [...byId.values()].sort(inOrder);
	return { changes, spots: spotsOf(changes) };
}

function inOrder(x: ProposedChange, y: ProposedChange): number {
	const [a, b] = [x.edits[0], y.edits[0]];
	if (!a || !b) return 0;
	return a.from - b.from || a.level - b.level || a.to - b.to;
}

interface Member {
	change: ProposedChange;
	edit: Edit;
	/** Members of one spot lead to one of them. */
	joins: Member | undefined;
}

function spotsOf(changes: ProposedChange[]): Spot[] {
	const members = changes
		.flatMap((change) => change.edits.map((edit): Member => ({ change, edit, joins: undefined })))
		.sort((x, y) => x.edit.from - y.edit.from || x.edit.to - y.edit.to);
	let near: Member[] = [];
	for (const member of members) {
		near = near.filter(({ edit }) => edit.to >= member.edit.from);
		for (const other of near) if (opposed(member, other)) join(member, other);
		near.push(member);
	}
	const groups = Map.groupBy(members, head);
	return [...groups.values()].map((group) => {
		const here = [...new Set(group.map(({ change }) => change))];
		return { changes: here, edits: group.map(({ edit }) => edit), collision: here.length > 1 };
	});
}

function opposed(x: Member, y: Member): boolean {
	if (x.change === y.change || x.change.proposals.some((id) => y.change.proposals.includes(id))) return false;
	return collides(x.edit, y.edit);
}

function join(x: Member, y: Member): void {
	if (!x.change.collidesWith.includes(y.change.id)) x.change.collidesWith.push(y.change.id);
	if (!y.change.collidesWith.includes(x.change.id)) y.change.collidesWith.push(x.change.id);
	const [a, b] = [head(x), head(y)];
	if (a !== b) a.joins = b;
}

function head(member: Member): Member {
	let at = member;
	while (at.joins) at = at.joins;
	return at;
}
