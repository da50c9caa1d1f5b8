import type { TakenFrom } from '#kernel/taken-from.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import type { AgendaFinding } from './agenda/rules/urgent.ts';
import type { NoticeFinding } from './agenda/rules/notice.ts';
import type { QuorumFinding } from './rules/quorum.ts';
import type { MajorityFinding } from './votes/rules/majority.ts';

/** What pages know of a session. Dates and times are ISO strings; pages format them in the reader's language. */
export interface MeetingView {
	id: string;
	slug: string;
	number: number | null;
	kind: 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';
	title: string;
	state: 'planned' | 'invited' | 'running' | 'held' | 'minutesSigned' | 'takenOver';
	cancelled: boolean;
	cancelNote: string;
	public: boolean;
	published: boolean;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	openedAt: string | null;
	closedAt: string | null;
	invitedOn: string | null;
	minutesSignedOn: string | null;
	place: string;
	accessibility: string;
	chair: string;
	languageHelp: string;
	summary: string;
	body: { id: string; name: string; slug: string; advisory: boolean };
	/** Names of the bodies that meet with it in a joint session. */
	furtherBodies: string[];
	items: ItemView[];
	attendance: AttendanceView[];
	seats: SeatView[];
	quorum: QuorumView | null;
	/** Of a joint session: the quorum of each further body. */
	furtherQuorums: (QuorumView & { bodyName: string })[];
	/** As computed when the invitation went out; without the reason of short notice for strangers. */
	notice: NoticeFinding | null;
	tasks: TaskView[];
	dates: DateView[];
	files: FileView[];
	/** Of a session of another system. */
	takenFrom: TakenFrom | null;
}

export interface ItemView {
	id: string;
	number: string;
	public: boolean;
	kind: string;
	/** Neutral title where the reader may not know the real one. */
	title: string;
	closedReason: string;
	/** Hidden parts of a closed item are empty, never left to the page. */
	hidden: boolean;
	text: TextDocument;
	result: ItemResult | null;
	resultNote: string;
	votes: VoteView[];
	elections: ElectionResult[];
	/** `bodyName` says in a joint session which body resolved. */
	resolutions: {
		id: string;
		number: string;
		text: string;
		kind: 'recommendation' | 'opinion' | 'decision';
		bodyName: string;
	}[];
	papers: string[];
	/** One plain sentence on what was decided, where somebody wrote one; official German. */
	plain: string;
	/** Taken off the agenda after the invitation; it has no number any more. */
	removed: boolean;
	/** Why, and by whom: the body in its session (with the figures), or whoever convened before it. */
	removal: {
		reason: string;
		inSession: boolean;
		votes: { yes: number; no: number; abstain: number } | null;
		finding?: AgendaFinding | null;
	} | null;
}

export type ItemResult =
	| 'adopted'
	| 'adoptedChanged'
	| 'rejected'
	| 'noted'
	| 'postponed'
	| 'referred'
	| 'withdrawn'
	| 'parked'
	| 'settled'
	| 'withoutVote'
	| 'confirmed'
	| 'elected';

export interface VoteView {
	id: string;
	text: string;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	invalid: number | null;
	biased: number | null;
	unanimous: boolean;
	adopted: boolean | null;
	method: 'open' | 'rollCall' | 'secret' | 'written';
	/** Who voted how, where the vote was by name (rulebook R2-44); empty otherwise. */
	voices: { name: string; voice: 'yes' | 'no' | 'abstain' | 'presentNotVoting' }[];
	/** Null for votes of records that were taken over. */
	finding: MajorityFinding | null;
	/** In a joint session: the body that voted. */
	bodyName: string;
}

/** An election as everybody may read it: rounds that were counted, who was elected, whether they accepted (R2-51). */
export interface ElectionResult {
	id: string;
	post: 'chair' | 'deputyChair' | 'board' | 'other';
	title: string;
	state: 'open' | 'decided' | 'accepted' | 'declined' | 'failed';
	elected: string;
	rounds: {
		number: number;
		blank: number | null;
		invalid: number | null;
		against: number | null;
		lot: boolean;
		votes: { name: string; votes: number | null }[];
	}[];
}

export interface AttendanceView {
	id: string;
	/** Empty for people whose name is not public; `function` stands for them then. */
	name: string;
	function: string;
	organisation: string;
	grouping: string;
	/** In a joint session: the further body somebody sits in; empty for the leading one, whose seats the plan shows. */
	bodyName: string;
	seatNumber: number | null;
	voting: boolean;
	guest: boolean;
	status: 'present' | 'remote' | 'excused' | 'absent' | 'unknown';
	substituteFor: string;
	from: string | null;
	until: string | null;
}

export interface SeatView {
	id: string;
	number: number;
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory';
	voting: boolean;
	organisation: string;
	/** Who held the seat on the day of the session; empty for a vacancy. */
	holder: string;
}

export interface QuorumView {
	stated: boolean | null;
	statedPresent: number | null;
	statedAt: string | null;
	computed: QuorumFinding;
}

export interface TaskView {
	id: string;
	meetingSlug: string;
	meetingDate: string;
	itemNumber: string | null;
	what: string;
	who: string;
	due: string | null;
	dueText: string;
	state: 'open' | 'done' | 'dropped';
	doneOn: string | null;
	public: boolean;
}

export interface DateView {
	id: string;
	title: string;
	date: string;
	start: string | null;
	end: string | null;
	place: string;
}

export interface FileView {
	id: string;
	fileId: string;
	kind: 'original' | 'invitation' | 'minutes' | 'attachment';
	title: string;
	format: string;
	pages: number | null;
	size: number;
	public: boolean;
	itemId: string | null;
}

/** A row of the list of sessions. */
export interface MeetingRow {
	id: string;
	slug: string;
	number: number | null;
	kind: MeetingView['kind'];
	title: string;
	state: MeetingView['state'];
	cancelled: boolean;
	public: boolean;
	published: boolean;
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	place: string;
	bodyName: string;
	bodySlug: string;
	/** Titles of the items that say most: neither opening nor "Verschiedenes". */
	topics: string[];
	hasMinutes: boolean;
}
