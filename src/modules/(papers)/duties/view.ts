import type { Rhythm } from './rules/dues.ts';

/** What pages of reporting duties show; days as ISO texts. */

export interface PaperLink {
	slug: string;
	reference: string | null;
	title: string;
}

export interface ReportLink {
	id: string;
	/** Null: the report is there, but not for this reader. */
	paper: PaperLink | null;
	extent: 'full' | 'partial' | 'substitute';
	reason: string;
	linkedOn: string;
	/** Whose term it belongs to, of reports of an office: from and until, the last day included. */
	term: { from: string; until: string | null } | null;
}

export interface DueRow {
	id: string;
	dutyId: string;
	subject: string;
	due: string;
	state: 'open' | 'partly' | 'done' | 'dropped';
	covers: 'none' | 'previousYear' | 'sameYear';
	recipient: string;
	/** Department or office that owes it. */
	owedBy: string;
	source: PaperLink | null;
	sourceText: string;
	public: boolean;
	/** This actor owes it. */
	mine: boolean;
	reports: ReportLink[];
	/** Item of a session that deals with it. */
	item: { slug: string; date: string; number: string } | null;
}

export interface DutyRow {
	id: string;
	subject: string;
	state: 'active' | 'paused' | 'ended';
	rhythm: Rhythm;
	nextDue: string | null;
	recipient: string;
	owedBy: string;
	source: PaperLink | null;
	sourceText: string;
	public: boolean;
}

export interface DutyView extends DutyRow {
	kind: 'resolution' | 'office';
	recipientId: string;
	departmentId: string | null;
	officeId: string | null;
	covers: 'none' | 'previousYear' | 'sameYear';
	endOn: string | null;
	endCount: number | null;
	endCondition: string;
	stateReason: string;
	stateSince: string | null;
	phases: { from: string; rhythm: Rhythm; reason: string }[];
	/** Newest first. */
	dues: (Omit<
		DueRow,
		'dutyId' | 'subject' | 'recipient' | 'owedBy' | 'source' | 'sourceText' | 'public' | 'mine' | 'covers'
	> & {
		droppedReason: string;
	})[];
	/** Session whose resolution asks for it. */
	resolution: { slug: string; date: string; number: string; text: string } | null;
	mine: boolean;
	mayChange: boolean;
	/** When who was reminded last; for the office. */
	reminded: { due: string; at: string; name: string }[];
}
