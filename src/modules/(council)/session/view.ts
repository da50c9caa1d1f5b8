import type { AgendaFinding } from '../agenda/rules/urgent.ts';
import type { QuorumFinding } from '../rules/quorum.ts';
import type { ItemResult, MeetingView } from '../view.ts';

/** What the office's screen shows of a session. Times are ISO instants. */
export interface RoomView {
	id: string;
	slug: string;
	number: number | null;
	kind: MeetingView['kind'];
	public: boolean;
	state: MeetingView['state'];
	cancelled: boolean;
	date: string;
	mode: 'room' | 'hybrid' | 'video';
	startsAt: string | null;
	endsAt: string | null;
	openedAt: string | null;
	closedAt: string | null;
	closedPart: boolean;
	currentItemId: string | null;
	chair: string;
	chairPersonId: string | null;
	convening: { proper: boolean; note: string; at: string; objectedBy?: string } | null;
	closedWithoutQuorum: boolean;
	/** The leading body first. */
	bodies: { id: string; name: string; slug: string; advisory: boolean }[];
	items: RoomItem[];
	people: RoomPerson[];
	speakers: RoomSpeaker[];
	findings: RoomFinding[];
	tasks: RoomTask[];
	/** Open tasks of earlier sessions, and what this one said to them. */
	reviews: RoomReview[];
	breaks: { from: string; until: string | null; reason: string }[];
	changes: RoomChange[];
}

export interface RoomItem {
	id: string;
	number: string;
	title: string;
	public: boolean;
	kind: string;
	result: ItemResult | null;
	resultNote: string;
	/** In the writing syntax of text fields. */
	text: string;
	hash: string;
	openedAt: string | null;
	closedAt: string | null;
	added: boolean;
	removed: boolean;
	reason: string;
	secondConvening: boolean;
	opinions: string[];
	papers: string[];
}

export interface RoomPerson {
	id: string;
	personId: string | null;
	bodyId: string;
	name: string;
	function: string;
	organisation: string;
	seatId: string | null;
	seatNumber: number | null;
	seatSubstitutes: 'none' | 'named' | 'anyOfGroup' | null;
	voting: boolean;
	capacity: 'member' | 'substitute' | 'advisory' | 'successor' | 'guest';
	status: 'present' | 'remote' | 'excused' | 'absent' | 'unknown';
	/** What they answered to the invitation; null where nobody asked them. */
	answer: 'open' | 'yes' | 'no' | 'late' | 'remote' | 'substitute' | null;
	/** HH:MM, where somebody said that they come later. */
	arrivesAt: string | null;
	unexcused: boolean;
	/** A guest whose organisation promised to come. */
	committed: boolean;
	substituteFor: string;
	/** There now, and in which way; the seat held now. */
	here: boolean;
	holdsSeat: boolean;
	mode: 'room' | 'remote' | null;
	lost: boolean;
	since: string | null;
	until: string | null;
}

export interface RoomSpeaker {
	id: string;
	itemId: string;
	rowId: string;
	name: string;
	guest: boolean;
	askedAt: string;
	fromAt: string | null;
	untilAt: string | null;
}

export interface RoomFinding {
	bodyId: string;
	occasion: 'opening' | 'vote' | 'challenge' | 'check';
	at: string | null;
	itemId: string | null;
	challengedBy: string;
	quorate: boolean;
	computed: QuorumFinding;
}

export interface RoomTask {
	id: string;
	itemId: string | null;
	what: string;
	who: string;
	due: string | null;
}

export interface RoomReview {
	id: string;
	what: string;
	who: string;
	due: string | null;
	fromDate: string;
	outcome: 'done' | 'continued' | 'dropped' | null;
}

export interface RoomChange {
	itemId: string | null;
	act: 'confirmed' | 'added' | 'removed' | 'moved' | 'closed' | 'opened';
	reason: string;
	at: string;
	/** Null where no majority was asked for. */
	majority: AgendaFinding | null;
}
