/** An invented town as another system tells it. */
import type { Raw } from './reading/fields.ts';

export interface FakeTown {
	organization: Raw[];
	person: Raw[];
	meeting: Raw[];
	paper: Raw[];
	location: Raw[];
	term: Raw[];
}

export const GREMIUM = 'Gremium';

/** @param base address of the interface, e.g. http://127.0.0.1:1/oparl; @param size how many sessions and papers */
export function fakeTown(base: string, size = { meetings: 3, papers: 4, people: 5 }, version = '1.1'): FakeTown {
	const at = (kind: string, id: number | string) => `${base}/${kind}/${id}`;
	const schema = (type: string) => `https://schema.oparl.org/${version}/${type}`;
	const times = (n: number) => ({
		created: `2020-01-01T08:00:00+01:00`,
		modified: `2021-03-${String((n % 28) + 1).padStart(2, '0')}T08:00:00+01:00`,
	});
	const organization: Raw[] = [
		{ name: 'Rat der Stadt Seltenau', shortName: 'Rat', organizationType: GREMIUM, classification: 'Rat' },
		{ name: 'Fraktion Grüne Mitte', shortName: 'GM', organizationType: 'Fraktion', classification: 'Fraktion' },
		{ name: 'Beirat für Zusammenleben', organizationType: GREMIUM, subOrganizationOf: at('organization', 1) },
		{ name: 'Amt für Bildung', organizationType: 'Verwaltungsbereich' },
	].map((one, n) => ({
		id: at('organization', n + 1),
		type: schema('Organization'),
		body: at('body', 1),
		startDate: '2014-06-01',
		...one,
		...times(n),
	}));
	const person = Array.from({ length: size.people }, (_, n) => ({
		id: at('person', n + 1),
		type: schema('Person'),
		body: at('body', 1),
		name: `Dr. Quirina Abendroth-${n + 1}`,
		familyName: `Abendroth-${n + 1}`,
		givenName: 'Quirina',
		affix: 'Dr.',
		formOfAddress: 'Frau',
		membership: [
			{
				id: at('membership', n + 1),
				type: schema('Membership'),
				person: at('person', n + 1),
				organization: at('organization', (n % 3) + 1),
				role: n === 0 ? 'Vorsitz' : 'Mitglied',
				votingRight: true,
				startDate: '2019-06-01',
				...times(n),
			},
		],
		...times(n),
	}));
	const file = (id: string, name: string) => ({
		id: at('file', id),
		type: schema('File'),
		name,
		fileName: `${id}.txt`,
		mimeType: 'text/plain',
		size: 12,
		accessUrl: `${base}/content/${id}`,
		downloadUrl: `${base}/content/${id}?download`,
		...times(1),
	});
	const meeting = Array.from({ length: size.meetings }, (_, n) => {
		const day = Temporal.PlainDate.from('2021-01-11').add({ days: n * 3 });
		return {
			id: at('meeting', n + 1),
			type: schema('Meeting'),
			name: `${n + 1}. Sitzung des Rates`,
			meetingState: 'durchgeführt',
			start: `${day}T17:00:00+01:00`,
			end: `${day}T19:30:00+01:00`,
			location: { id: at('location', 'rathaus'), type: schema('Location'), description: 'Rathaus, Saal 2' },
			organization: [at('organization', n % 2 === 0 ? 1 : 3)],
			participant: size.people ? [at('person', (n % size.people) + 1)] : [],
			invitation: file(`einladung-${n + 1}`, 'Einladung'),
			agendaItem: [1, 2, 3].map((place) => ({
				id: at('agendaitem', `${n + 1}-${place}`),
				type: schema('AgendaItem'),
				meeting: at('meeting', n + 1),
				number: String(place),
				order: place,
				name: ['Eröffnung', 'Spielplatz am Anger', 'Verschiedenes'][place - 1],
				public: true,
				...(place === 2 && { result: 'angenommen', resolutionText: 'Der Spielplatz wird gebaut.' }),
				...times(place),
			})),
			web: `${base}/web/meeting/${n + 1}`,
			...times(n),
		};
	});
	const paper = Array.from({ length: size.papers }, (_, n) => ({
		id: at('paper', n + 1),
		type: schema('Paper'),
		body: at('body', 1),
		name: `Spielplatz am Anger, Teil ${n + 1}`,
		reference: `VO/${String(n + 1).padStart(4, '0')}/21`,
		date: '2021-01-04',
		paperType: n % 2 ? 'Antrag' : 'Beschlussvorlage',
		originatorOrganization: [at('organization', 2)],
		originatorPerson: size.people ? [at('person', 2)] : [],
		underDirectionOf: [at('organization', 4)],
		...(n > 0 && n % 10 === 1 && { superordinatedPaper: [at('paper', n)], relatedPaper: [at('paper', n)] }),
		mainFile: file(`vorlage-${n + 1}`, 'Vorlage'),
		consultation: size.meetings
			? [
					{
						id: at('consultation', n + 1),
						type: schema('Consultation'),
						paper: at('paper', n + 1),
						meeting: at('meeting', (n % size.meetings) + 1),
						agendaItem: at('agendaitem', `${(n % size.meetings) + 1}-2`),
						organization: [at('organization', 1)],
						authoritative: true,
						role: 'Entscheidung',
						...times(n),
					},
				]
			: [],
		...times(n),
	}));
	const location = [
		{
			id: at('location', 'anger'),
			type: schema('Location'),
			description: 'Am Anger',
			streetAddress: 'Anger 1',
			postalCode: '12345',
			locality: 'Seltenau',
			...times(1),
		},
	];
	const term = [
		{
			id: at('term', 7),
			type: schema('LegislativeTerm'),
			body: at('body', 1),
			name: '7. Wahlperiode',
			startDate: '2019-06-01',
			endDate: '2024-05-31',
			...times(1),
		},
	];
	return { organization, person, meeting, paper, location, term };
}
