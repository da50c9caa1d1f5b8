/** Words of the way that rules, queries and pages share. Days are ISO texts. */

export const ROLES = ['approval', 'hearing', 'advisory', 'information', 'deciding'] as const;
export type Role = (typeof ROLES)[number];

export const RESULTS = [
	'approved',
	'adopted',
	'adoptedChanged',
	'rejected',
	'noted',
	'postponed',
	'setAside',
	'referred',
	'settled',
	'withdrawn',
	'noRecommendation',
	'opinion',
] as const;
export type StationResult = (typeof RESULTS)[number];

export type Follows = 'postponed' | 'resubmission' | 'referral' | 'termChange';

/** Figures of one body at one station; null where nobody counted. */
export interface StationVotes {
	organisationId: string | null;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	unanimous: boolean;
}

/** Who holds a station. `councilBody`: it holds its sessions in this house. */
export interface StationBody {
	id: string;
	name: string;
	shortName: string;
	councilBody: boolean;
}

/** The item of a session on which a station is heard; empty for who may not know of the session. */
export interface StationSession {
	slug: string;
	date: string;
	itemId: string;
	itemNumber: string;
	closed: boolean;
}

/** One station as a reader may see it. */
export interface Station {
	id: string;
	step: number;
	position: number;
	role: Role;
	public: boolean;
	secondReason: string;
	plannedOn: string | null;
	happenedOn: string | null;
	state: 'planned' | 'done' | 'skipped';
	skippedReason: string;
	result: StationResult | null;
	resultText: string;
	/** Made by the kernel's text room; empty where the wording is the paper's own, or nobody knows it. */
	wordingHtml: string;
	votes: StationVotes[];
	resubmitOn: string | null;
	repeatsId: string | null;
	/** Another station stands in its place (vertagt, Wiedervorlage, new term). */
	repeated: boolean;
	follows: Follows | null;
	bodies: StationBody[];
	session: StationSession | null;
}
