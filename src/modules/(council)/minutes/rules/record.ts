import type { MeetingView } from '../../view.ts';

import type { Sentence, Style, Values } from './style.ts';

/** What minutes are built from, beside what the session's page shows to those who belong to it. ISO dates and times. */
export interface Source {
	meeting: MeetingView;
	town: string;
	timeZone: string;
	style: Style;
	chair: { name: string; function: string };
	/** Who opened the session, where that was somebody else than who led it then: the oldest member, a deputy. */
	opener: string;
	/** What the chair said about the convening at the opening; nothing of old records. */
	convening: { proper: boolean; note: string; objectedBy?: string } | null;
	minuteTaker: { name: string; function: string };
	signers: ('chair' | 'minuteTaker' | 'office' | 'member')[];
	/** By id of the item. */
	items: Record<string, ItemMore>;
	/** By id of the row. */
	attendance: Record<string, AttendanceMore>;
	/** Members of the register on that day of whom the list of attendance says nothing. */
	missing: { personId: string; name: string; organisation: string; seatNumber: number | null; voting: boolean }[];
	statements: { itemId: string; name: string; text: string }[];
	/** Standard sentences said otherwise in this session, by key. */
	sentences: Record<string, string>;
	tasks: Record<string, { publicWho: string }>;
	review: {
		what: string;
		who: string;
		publicWho: string;
		outcome: 'done' | 'continued' | 'dropped' | null;
		due: string | null;
	}[];
	invited: { number: string; title: string; public: boolean }[] | null;
	/** Things that happened at a time, told in a sentence; placed under the item that ran then. */
	events: Event[];
	/** Minutes that this session was asked to confirm. */
	confirms: {
		itemId: string;
		date: string;
		corrected: boolean;
		objections: { name: string; text: string; accepted: boolean }[];
	}[];
	announcements: { itemId: string; number: string; date: string; text: string }[];
	/** By id of the vote: who voted how, where it was a roll call. */
	rollCalls: Record<string, { name: string; vote: 'yes' | 'no' | 'abstain' | 'biased' | 'notVoting' }[]>;
	/** Motions and elections in sentences, under their items. */
	told: { itemId: string; place: 'before' | 'after'; key: string; template: Sentence; values: Values }[];
	/** Ids of dates that strangers may know of. */
	publicDates: string[];
	changes: { act: 'added' | 'removed' | 'moved'; title: string; reason: string; public: boolean }[];
	agendaConfirmed: boolean;
	closedWithoutQuorum: boolean;
}

export interface ItemMore {
	neutralTitle: string;
	removed: boolean;
	openedAt: string | null;
}

export interface AttendanceMore {
	namePublic: boolean;
	unexcused: boolean;
	capacity: 'member' | 'substitute' | 'advisory' | 'successor' | 'guest';
}

export interface Event {
	at: string;
	kind: 'arrival' | 'departure' | 'handover' | 'break' | 'publicEnds' | 'publicBack' | 'floor' | 'floorMany' | 'bias';
	itemId: string | null;
	key: string;
	values: Record<string, string>;
	/** The same with functions in the place of names that are not public. */
	publicValues?: Record<string, string>;
}
