import type { Finding } from './rules/checks.ts';
import type { Role, Station, StationResult, StationVotes } from './types.ts';

/** One line of the trace of a station: what was entered, when, by whom, and why it was changed. */
export interface OutcomeRow {
	stationId: string;
	number: number;
	result: StationResult | null;
	text: string;
	votes: StationVotes[];
	source: 'hand' | 'session';
	reason: string;
	/** ISO instant. */
	at: string;
	by: string;
}

/** A session that a station could be put on. */
export interface SessionChoice {
	id: string;
	slug: string;
	councilBodyId: string;
	date: string;
	title: string;
}

/** A planned station that was taken off and can come back. */
export interface RemovedStation {
	id: string;
	role: Role;
	plannedOn: string | null;
	removedOn: string;
	/** Their names, the leading one first. */
	bodies: string[];
}

export interface StatuteRow {
	councilBodyId: string;
	body: string;
	slug: string;
	inForceOn: string;
	title: string;
	made: boolean;
}

/** The page on which a way is arranged. */
export interface WorkView {
	paper: {
		slug: string;
		reference: string | null;
		title: string;
		state: 'draft' | 'filed' | 'withdrawn';
		public: boolean;
	};
	stations: Station[];
	outcomes: OutcomeRow[];
	findings: Finding[];
	bodies: { id: string; name: string; councilBody: boolean }[];
	sessions: SessionChoice[];
	statutes: StatuteRow[];
	removed: RemovedStation[];
	/** Order, stations: the office, and who writes a draft. */
	mayArrange: boolean;
	/** Outcomes, skipping, statutes: the office. */
	mayEdit: boolean;
	/** Approvals inside the house: the mayor, too. */
	mayApprove: boolean;
	mayConvene: boolean;
}

/** The same with the operative text as it is typed. */
export type WorkWords = WorkView & { operative: string };
