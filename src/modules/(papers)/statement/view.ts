import type { Recommendation } from './schema.ts';
import type { CoSignState, StatementState } from './rules/steps.ts';

/** What pages of the room show; plain data, days as ISO texts. */

export interface StatedPaper {
	id: string;
	slug: string;
	reference: string | null;
	title: string;
	type: string;
	/** 'motion', 'inquiry' … */
	code: string;
}

/** How far the public sees it: what is inside the administration stays there. */
export type PublicStage = 'requested' | 'inWork' | 'published' | 'stopped';

export interface ChainStep {
	kind: string;
	on: string;
	organisation: string | null;
	note: string;
}

export interface CoSignView {
	id: string;
	organisationId: string;
	organisation: string;
	step: number;
	state: CoSignState;
	askedOn: string | null;
	dueOn: string | null;
	answeredOn: string | null;
	remarks: string;
	/** This actor answers for the department, and is asked now. */
	mine: boolean;
	/** … and may take the answer back. */
	mayTakeBack: boolean;
}

/** The draft as its form shows it; only in the data of those who work on it. */
export interface DraftView {
	/** Counts each saving. */
	revision: number;
	title: string;
	recommendation: Recommendation | null;
	summary: string;
	text: string;
	textHtml: string;
	counterProposal: string;
	counterHtml: string;
	closed: boolean;
}

export interface StatementView {
	id: string;
	stage: PublicStage;
	department: string | null;
	requestedOn: string;
	dueOn: string | null;
	dueBasis: 'committee' | 'inquiry' | 'hand' | 'none';
	baseOn: string | null;
	late: boolean;
	papers: StatedPaper[];
	/** The published statement, if this reader may read it. */
	published: { slug: string; reference: string; on: string } | null;
	recommendation: Recommendation | null;
	counter: boolean;
	summary: string;
	/** Departments that co-signed and the day of the approval; public once it is published. */
	chain: ChainStep[];
	/** What only those see who work on it. */
	work: StatementWork | null;
}

export interface StatementWork {
	state: StatementState;
	/** The draft among the papers. */
	paperId: string | null;
	departmentId: string | null;
	approvalDueOn: string | null;
	dueReason: string;
	rule: { from: string | null; beforeCommittee: number; countedIn: 'days' | 'workingDays'; inquiryDays: number };
	draft: DraftView | null;
	coSigns: CoSignView[];
	lead: boolean;
	mayor: boolean;
	office: boolean;
	/** Asked for a recommendation: not for inquiries alone. */
	recommends: boolean;
	mayWrite: boolean;
	amendment: { slug: string; reference: string } | null;
}

/** A line of what is owed. */
export interface OwedRow {
	statementId: string;
	slug: string;
	reference: string;
	title: string;
	type: string;
	department: string | null;
	dueOn: string | null;
	firstCommittee: string | null;
	late: boolean;
	stage: PublicStage;
	/** What this actor has to do: write, sign, approve, choose a department, publish. */
	mine: 'write' | 'coSign' | 'approve' | 'assign' | 'publish' | null;
	/** By when this actor's part is due: a co-signature earlier than the statement. */
	myDueOn: string | null;
}
