import type { Gate } from '../involvement/rules/gate.ts';

/** What waits for the mayor: a statement's words, a paper before it goes to the committees, a matter that has no paper yet. */
export interface PendingApproval {
	kind: 'statement' | 'paper' | 'matter';
	id: string;
	title: string;
	reference: string | null;
	department: string | null;
	/** ISO day since when it lies there. */
	since: string | null;
	/** ISO day by which it is needed. */
	dueOn: string | null;
	/** Where it is read and approved, without language prefix. */
	href: string;
	gate: Gate;
}

export interface RecentApproval {
	kind: PendingApproval['kind'];
	title: string;
	reference: string | null;
	/** ISO day. */
	on: string;
	href: string;
}

/** The approval on a paper's page. */
export interface PaperApproval {
	stationId: string;
	gate: Gate;
}
