import type { ClosedCode, ItemKind } from './items.ts';

/** A line of a body's template. */
export interface TemplateLine {
	id: string;
	kind: ItemKind;
	title: string;
	public: boolean;
	closedCode: ClosedCode | '';
	closedBasis: string;
	neutralTitle: string;
	reporterOfficeId: string | null;
	reporterText: string;
	reviewsTasks: boolean;
}

export type Origin =
	'manual' | 'template' | 'carriedOver' | 'proposal' | 'minutesApproval' | 'announcement' | 'report' | 'urgent';

/** An item as it is put on a new agenda. */
export interface NewItem extends Omit<TemplateLine, 'id'> {
	origin: Origin;
	templateKey: string | null;
	carriedFromId: string | null;
	approvesMeetingId: string | null;
	/** Numbers of papers that come along with a postponed item. */
	papers: string[];
	/** Key of a proposal of another module, which is told when the item stands. */
	proposalKey?: string;
}

/** Asked of other modules (`council.agenda`): what belongs on the agenda of a body's session? */
export interface ProposalsFor {
	councilBodyId: string;
	/** Day of the session. */
	day: Temporal.PlainDate;
}

/** An item that another module proposes; `key` is its own and comes back when the item stands. */
export interface ProposedItem {
	key: string;
	/** A new session starts with it; without, it is offered on the agenda in work alone. */
	standing: boolean;
	/** Where it is read, without language prefix. */
	href: string;
	/** More words in the reader's language: the role of the body, a day. */
	note: string;
	kind: 'topic' | 'report';
	title: string;
	public: boolean;
	closedCode: ClosedCode | '';
	closedBasis: string;
	neutralTitle: string;
	reporterText: string;
	papers: string[];
}

/** What the earlier sessions leave to the next one; texts are German, as they stand in the record. */
export interface Inherited {
	/** Sessions whose minutes nobody has approved yet, the oldest first. */
	approvals: { meetingId: string; title: string }[];
	/** Postponed items that no later agenda has taken up. */
	carried: (Omit<TemplateLine, 'id' | 'reviewsTasks'> & { itemId: string; papers: string[] })[];
	/** Title of the item that announces closed resolutions; null where there is nothing to announce. */
	announcement: string | null;
	hasOpenTasks: boolean;
	/** Title of an election, where the body had a chair and has none any more. */
	chairElection?: string | null;
	/** What other modules propose. */
	proposed?: ProposedItem[];
}

const PLAIN = {
	public: true,
	closedCode: '' as const,
	closedBasis: '',
	neutralTitle: '',
	reporterOfficeId: null,
	reporterText: '',
	reviewsTasks: false,
	templateKey: null,
	carriedFromId: null,
	approvesMeetingId: null,
	papers: [],
};

/**
 * The agenda a new session starts with: standing items in the template's order (SIT-04); approval of each unapproved
 * minutes in the place of the template's line for it, or after the opening; the announcement of closed resolutions after
 * that (rulebook R2-12); the election of a chair where the last one left, and postponed items before "Verschiedenes" (R2-41), what other modules propose after them. A review of tasks stands only where tasks are open.
 */
export function composeAgenda(lines: readonly TemplateLine[], inherited: Inherited): NewItem[] {
	const approvals = inherited.approvals.map(({ meetingId, title }): NewItem => ({
		...PLAIN,
		kind: 'minutesApproval',
		title,
		origin: 'minutesApproval',
		approvesMeetingId: meetingId,
	}));
	const announcement: NewItem[] = inherited.announcement
		? [{ ...PLAIN, kind: 'announcement', title: inherited.announcement, origin: 'announcement' }]
		: [];
	const carried = inherited.carried.map(({ itemId, ...item }): NewItem => ({
		...PLAIN,
		...item,
		reviewsTasks: false,
		origin: 'carriedOver',
		carriedFromId: itemId,
	}));
	const proposed = (inherited.proposed ?? []).filter(({ standing }) => standing).map(proposedItem);
	const elections: NewItem[] = inherited.chairElection
		? [{ ...PLAIN, kind: 'election', title: inherited.chairElection, origin: 'carriedOver' }]
		: [];
	const hasLine = (kind: ItemKind) => lines.some((line) => line.kind === kind);
	const items: NewItem[] = [];
	let formalitiesDone = false;
	const formalities = () => {
		if (formalitiesDone) return;
		formalitiesDone = true;
		if (!hasLine('minutesApproval')) items.push(...approvals);
		if (!hasLine('announcement')) items.push(...announcement);
	};
	let carriedDone = false;
	const takeCarried = () => {
		if (!carriedDone) items.push(...elections, ...carried, ...proposed);
		carriedDone = true;
	};
	for (const line of lines) {
		if (line.kind !== 'opening') formalities();
		if (line.kind === 'minutesApproval') items.push(...approvals);
		else if (line.kind === 'announcement') items.push(...announcement);
		else if (!line.reviewsTasks || inherited.hasOpenTasks) {
			if (line.kind === 'anyOther') takeCarried();
			items.push(fromLine(line));
		}
	}
	formalities();
	takeCarried();
	return items;
}

/** A proposal as it is put on an agenda. */
export function proposedItem({ key, standing, href, note, ...item }: ProposedItem): NewItem {
	return { ...PLAIN, ...item, origin: 'proposal', proposalKey: key };
}

function fromLine({ id, ...line }: TemplateLine): NewItem {
	return { ...PLAIN, ...line, origin: line.kind === 'report' ? 'report' : 'template', templateKey: id };
}
