/** For tests: a session with everything that minutes tell, of invented people. */
import { normalise } from '#kernel/text/normalise.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import type { AttendanceView, ItemView, MeetingView, SeatView } from '../view.ts';
import type { Source } from './rules/record.ts';
import { styleOf, type StyleName } from './rules/style.ts';

const NO_TEXT = normalise({ blocks: [] });

function item(id: string, number: string, title: string, more: Partial<ItemView> = {}): ItemView {
	const plain = {
		public: true,
		kind: 'topic',
		closedReason: '',
		hidden: false,
		text: NO_TEXT,
		result: null,
		resultNote: '',
		plain: '',
		removed: false,
		removal: null,
	};
	return { id, number, title, ...plain, votes: [], elections: [], resolutions: [], papers: [], ...more };
}

function person(
	id: string,
	name: string,
	seatNumber: number | null,
	more: Partial<AttendanceView> = {},
): AttendanceView {
	const plain = {
		function: '',
		organisation: '',
		grouping: '',
		bodyName: '',
		voting: seatNumber !== null,
		guest: false,
		substituteFor: '',
	};
	return { id, name, seatNumber, ...plain, status: 'present', from: null, until: null, ...more };
}

function seat(number: number, kind: SeatView['kind'], organisation: string, holder: string): SeatView {
	return { id: `s${number}`, number, kind, voting: true, organisation, holder };
}

const text = fromWriting('Ein Wort mit & und <Klammern>.\n\n1. Erster Punkt\n2. Zweiter Punkt', { newId: counter() });

function counter(): () => string {
	let n = 0;
	return () => `blck${++n}`;
}

export const MeetingViewSample: MeetingView = {
	id: 'm1',
	slug: '2023-04-19',
	number: 2,
	kind: 'regular',
	title: '',
	state: 'held',
	cancelled: false,
	cancelNote: '',
	public: true,
	published: true,
	date: '2023-04-19',
	startsAt: '2023-04-19T15:00:00Z',
	endsAt: '2023-04-19T17:00:00Z',
	openedAt: '2023-04-19T15:00:00Z',
	closedAt: '2023-04-19T17:00:00Z',
	invitedOn: '2023-04-04',
	minutesSignedOn: null,
	place: 'Rathaus, Saal',
	accessibility: '',
	chair: 'Nadja Rehm',
	languageHelp: '',
	summary: '',
	body: { id: 'b1', name: 'Beirat für Integration', slug: 'beirat', advisory: true },
	furtherBodies: [],
	items: [
		item('i1', '1', 'Eröffnung', { kind: 'opening' }),
		item('i2', '2', 'Bestätigung des Protokolls', { kind: 'minutesApproval', result: 'confirmed' }),
		item('i3', '3', 'Bericht aus dem Bürgeramt', { kind: 'report', result: 'noted', text }),
		item('i4', '4', 'Geheime Sache', {
			public: false,
			closedReason: 'Schutz einer Person',
			text: fromWriting('Verschlusswort', { newId: counter() }),
		}),
	],
	attendance: [
		person('a1', 'Bernd Krüll', 1, { status: 'excused', organisation: 'Gruppe A' }),
		person('a2', 'Karla Oelmann', 2, { substituteFor: 'Sven Thiele', organisation: 'Gruppe B' }),
		person('a3', 'Nadja Rehm', 3),
		person('a4', 'Aylin Sarı', 4, { status: 'unknown' }),
		person('a5', 'Ruth Lange', null, { voting: false, status: 'absent' }),
		person('a6', 'Leo Gastmann', null, { guest: true, function: 'Leitung des Bürgeramts' }),
	],
	seats: [
		seat(1, 'delegated', 'Gruppe A', 'Bernd Krüll'),
		seat(2, 'delegated', 'Gruppe B', 'Sven Thiele'),
		seat(3, 'resident', '', 'Nadja Rehm'),
		seat(4, 'resident', '', 'Aylin Sarı'),
	],
	furtherQuorums: [],
	takenFrom: null,
	notice: null,
	quorum: {
		stated: true,
		statedPresent: 9,
		statedAt: null,
		computed: {
			profileId: 'p1',
			rule: { rule: 'moreThanHalf', base: 'actualVotingMembers', presumedUntilChallenged: true, secondConvening: true },
			inputs: { statutorySeats: 15, filledSeats: 15, members: 8, substitutes: 1, secondConvening: false },
			outcome: { base: 15, needed: 8, present: 9, quorate: true, because: 'count' },
			citations: [{ text: '§ 7 der Satzung', url: null }],
		} as unknown as NonNullable<MeetingView['quorum']>['computed'],
	},
	tasks: [
		{
			id: 't1',
			meetingSlug: '2023-04-19',
			meetingDate: '2023-04-19',
			itemNumber: '3',
			what: 'Gespräch führen',
			who: 'Karla Oelmann, Tom Vogt',
			due: '2023-04-30',
			dueText: '',
			state: 'open',
			doneOn: null,
			public: true,
		},
	],
	dates: [
		{
			id: 'd1',
			title: 'Versammlung',
			date: '2023-06-14',
			start: '14:00:00',
			end: '16:00:00',
			place: 'Haus der Vereine',
		},
	],
	files: [],
};

/** What the minutes of that session are built from, in one of the shipped styles. A fresh copy each time. */
export function sourceOf(style: StyleName): Source {
	const meeting = structuredClone(MeetingViewSample);
	const certified: Source['signers'] = style === 'results' ? ['office'] : ['chair', 'minuteTaker'];
	return {
		meeting,
		town: 'Elbstadt',
		timeZone: 'Europe/Berlin',
		style: styleOf(style, 'star'),
		chair: { name: 'Nadja Rehm', function: '' },
		opener: '',
		convening: null,
		minuteTaker: { name: 'Amir Haddad', function: '' },
		signers: certified,
		items: { i4: { neutralTitle: 'Personalangelegenheit', removed: false, openedAt: null } },
		attendance: {
			a5: { namePublic: false, unexcused: false, capacity: 'successor' },
			a6: { namePublic: false, unexcused: false, capacity: 'guest' },
		},
		missing:
			style === 'roundTable'
				? [{ personId: 'p9', name: 'Tom Vogt', organisation: '', seatNumber: null, voting: true }]
				: [],
		statements: [],
		sentences: {},
		tasks: { t1: { publicWho: '' } },
		review: [{ what: 'Raum buchen', who: 'Tom Vogt', publicWho: '', outcome: 'continued', due: '2023-05-01' }],
		invited: null,
		events: [],
		confirms: [{ itemId: 'i2', date: '2023-01-18', corrected: false, objections: [] }],
		announcements: [],
		rollCalls: {},
		publicDates: ['d1'],
		told: [],
		changes: [],
		agendaConfirmed: true,
		closedWithoutQuorum: false,
	};
}
