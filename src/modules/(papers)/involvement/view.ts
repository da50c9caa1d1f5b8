import type { Choice } from '#ui/types.ts';
import type { Gate, GateReason } from './rules/gate.ts';
import type { Earliness } from './rules/milestones.ts';
import type { Answer, RequestState, Standing } from './rules/standing.ts';
import type { Form } from './rules/triggers.ts';

/** What pages of involvement show; plain data, days as ISO texts. */

export type OmissionCode = 'notRelevant' | 'urgent' | 'forgotten' | 'technical' | 'other';
export type TakenUp = 'yes' | 'partly' | 'no';

export interface RequestRow {
	id: string;
	round: number;
	step: number;
	state: RequestState;
	hash: string;
	fileId: string | null;
	urgent: boolean;
	urgentReason: string;
	requestedOn: string;
	dueOn: string | null;
	askedAs: 'holder' | 'deputy' | 'vacant' | 'body';
	/** The deadline began later because the holder is away. */
	extended: boolean;
	outdatedOn: string | null;
	answer: Answer | null;
	reasons: string;
	forCouncil: boolean;
	answeredOn: string | null;
	takenUp: TakenUp | null;
	takenUpReason: string;
	takenUpOn: string | null;
}

export interface InvolvementRow {
	id: string;
	form: Form;
	officeId: string | null;
	organisationId: string | null;
	/** Title of the office or name of the body; never a person. */
	who: string;
	answerDays: number;
	urgentDays: number;
	omittedCode: OmissionCode | null;
	omittedReason: string;
	omittedOn: string | null;
	/** In the order of asking; the last one counts. */
	requests: RequestRow[];
}

export interface MatterRow {
	id: string;
	title: string;
	note: string;
	departmentId: string;
	department: string;
	typeId: string | null;
	type: string | null;
	relevant: boolean;
	/** Withdrawn itself, or its paper was. */
	withdrawn: boolean;
	openedOn: string;
	firstInformedOn: string | null;
	draftSentOn: string | null;
	draftFinalOn: string | null;
	mayorApprovedOn: string | null;
	/** When the deciding station of its paper decided. */
	decidedOn: string | null;
	urgentOn: string | null;
	urgentReason: string;
	urgentReportedOn: string | null;
	createdBy: string | null;
	topics: string[];
	paper: { id: string; slug: string; reference: string | null; title: string; relevant: boolean | null } | null;
	involvements: InvolvementRow[];
}

export interface RelevanceRow {
	relevant: boolean;
	reason: string;
	/** ISO day. */
	on: string;
	as: 'department' | 'office';
}

export interface RequestView extends RequestRow {
	standing: Standing;
	/** Asked, or answered, when it could no longer change anything or the deadline was over. */
	askedLate: boolean;
	answeredLate: boolean;
}

export interface InvolvementView extends Omit<InvolvementRow, 'requests'> {
	/** Null while nobody was asked. */
	last: RequestView | null;
	earlier: RequestView[];
	/** This reader is the one who answers. */
	mine: boolean;
	/** What was changed since this reader's last answer, as HTML of the text room; null where there is nothing to compare. */
	changes: string | null;
}

export interface MatterPage {
	matter: Omit<MatterRow, 'involvements'>;
	involvements: InvolvementView[];
	history: RelevanceRow[];
	earliness: Earliness;
	daysUntilInformed: number | null;
	gate: Gate;
	/** The draft as this reader may read it. */
	draft: { href: string; html: string; reasonsHtml: string } | { href: string; name: string } | null;
	works: boolean;
	/** Papers that it could have become; empty where it has one, or for who does not work on it. */
	papers: Choice[];
	mayApprove: boolean;
}

export interface RuleRow {
	id: string;
	who: string;
	form: Form;
	relevance: 'relevant' | 'always';
	department: string | null;
	type: string | null;
	topics: string[];
	answerDays: number;
	urgentDays: number;
	citation: string;
	from: string;
	until: string | null;
}

export interface InstructionRow {
	id: string;
	reference: string;
	title: string;
	note: string;
	from: string;
	until: string | null;
	/** The instruction it follows, and the one that follows it. */
	replaces: string | null;
	replacedBy: string | null;
	/** How many matters keep its rules. */
	matters: number;
	rules: RuleRow[];
}

/** What a paper's page shows of involvement to people at work. */
export interface PaperInvolvement {
	/** Null where nothing is asked for. `href` leads to the matter, or to where it is opened. */
	gate: { open: boolean; reason: GateReason; href: string } | null;
	/** What commissioners wish the council to read. */
	remarks: { who: string; answer: Answer; reasons: string }[];
}
