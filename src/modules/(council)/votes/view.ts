import type { Rules } from '../rules/profile.ts';
import type { MissingStep, RoundFinding } from './rules/election.ts';
import type { MajorityFinding } from './rules/majority.ts';
import type { MotionKind, MotionState } from './rules/order.ts';

/** What pages know of votes, elections and bias of an item. Instants are ISO strings. */
export interface ItemVotes {
	itemId: string;
	number: string;
	title: string;
	kind: string;
	public: boolean;
	result: string | null;
	/** In the order of voting (rulebook R2-48). */
	motions: MotionView[];
	/** The oldest first; votes that do not stand any more are among them. */
	votes: VoteRow[];
	elections: ElectionView[];
	/** Empty for readers outside of the body. */
	biases: BiasView[];
}

export interface MotionView {
	id: string;
	kind: MotionKind;
	amendsId: string | null;
	reach: number;
	position: number;
	text: string;
	amendedText: string | null;
	/** Names the wording as it stands: what the next act on it was made on. */
	hash: string;
	mover: string;
	state: MotionState;
}

export interface VoteRow {
	id: string;
	motionId: string | null;
	councilBodyId: string | null;
	state: 'open' | 'closed' | 'void';
	method: 'open' | 'rollCall' | 'secret' | 'written';
	text: string;
	byMembers: boolean;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	invalid: number | null;
	biased: number | null;
	presentNotVoting: number | null;
	present: number | null;
	unanimous: boolean;
	adopted: boolean | null;
	openedAt: string | null;
	closedAt: string | null;
	voidReason: string;
	warnedReason: string;
	finding: MajorityFinding | null;
	/** Roll call: who voted how. Of an open roll call only the office and the body see it. */
	voices: { attendanceId: string; name: string; voice: string; enteredBy: string }[];
	ballot: BallotView | null;
}

export interface BallotView {
	id: string;
	state: 'issuing' | 'casting' | 'closed';
	publicKey: string;
	/** Members who may fetch a token, who fetched one, who took paper; ballots in the box. */
	rights: number;
	issued: number;
	paper: number;
	cast: number;
}

export interface ElectionView {
	id: string;
	councilBodyId: string;
	post: 'chair' | 'deputyChair' | 'board' | 'other';
	title: string;
	method: 'secret' | 'open';
	nobodyObjected: boolean;
	ledBy: string;
	state: 'open' | 'decided' | 'accepted' | 'declined' | 'failed' | 'cancelled';
	electedId: string | null;
	acceptedAt: string | null;
	candidates: CandidateView[];
	rounds: RoundView[];
}

export interface CandidateView {
	id: string;
	personId: string | null;
	name: string;
	organisation: string;
	consent: 'open' | 'given' | 'declined';
	consentHow: string;
	missing: MissingStep[];
}

export interface RoundView {
	id: string;
	number: number;
	state: 'open' | 'counted';
	present: number;
	issued: number | null;
	returned: number | null;
	invalid: number | null;
	blank: number | null;
	against: number | null;
	votes: { candidateId: string; votes: number | null }[];
	finding: RoundFinding | null;
	lot: { winner: string; drawnBy: string; witness: string; at: string } | null;
	ballot: BallotView | null;
}

export interface BiasView {
	id: string;
	attendanceId: string;
	name: string;
	declaredBy: 'self' | 'other';
	declaredByName: string;
	ground: string;
	outcome: 'barred' | 'free' | 'bodyDecides';
	decided: 'barred' | 'free' | null;
	outAt: string | null;
	inAt: string | null;
}

export interface VoterView {
	attendanceId: string;
	personId: string | null;
	name: string;
	seatNumber: number | null;
	group: string;
	substituteFor: string;
}

/** Who votes in a body of the session now, and by which rules. */
export interface VotingBody {
	id: string;
	name: string;
	rules: Pick<Rules, 'voting' | 'election'> | null;
	voters: VoterView[];
	/** Who may be elected on the day of the session (GRE-11). */
	eligible: { personId: string; name: string; organisation: string }[];
}

export interface MeetingVotes {
	id: string;
	slug: string;
	state: string;
	number: number | null;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	public: boolean;
	date: string;
	mayEdit: boolean;
	bodies: VotingBody[];
	attendance: { id: string; name: string; voting: boolean }[];
	items: ItemVotes[];
}

export type MotionOperation =
	'motion' | 'withdraw' | 'restore' | 'amendedText' | 'openVote' | 'figures' | 'voices' | 'voidVote';
export type BiasKind = 'bias' | 'decideBias' | 'backAtTable' | 'withdrawBias';
export type ElectionKind =
	'election' | 'candidate' | 'consent' | 'round' | 'ballots' | 'lot' | 'accept' | 'cancelElection';
/** Operations about motions, votes, bias and elections, which the session's screen may queue. */
export type VoteKind = MotionOperation | BiasKind | ElectionKind;

/** What a form that was refused hands back to the panel it belongs to. */
export interface Failed {
	act: string;
	/** Id of the item, motion, vote … the form was about. */
	of: string;
	typed: Record<string, string>;
	faults: { field: string; text: string }[];
}

/** The ids by which a refused form finds its panel again, the closest first. */
export const OF = ['vote', 'round', 'bias', 'candidate', 'election', 'under', 'motion', 'ballot', 'item'];
