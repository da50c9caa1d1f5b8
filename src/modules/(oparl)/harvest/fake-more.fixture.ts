/** What few systems tell, or this program alone: licences, places of papers, status, votes, elections, duties to report. */
import type { FakeTown } from './fake-town.fixture.ts';

export const TERMS = 'https://lizenz.example/namensnennung';

/** Adds it to the first objects of an invented town. @param base address of its interface */
export function tellMore({ person, meeting, paper, location }: FakeTown, base: string): void {
	const schema = 'https://schema.oparl.org/1.1';
	Object.assign(person[0]!, { status: ['Ehrenvorsitz'] });
	Object.assign(location[0]!, {
		subLocality: 'Altstadt',
		geojson: { type: 'Feature', geometry: { type: 'Point', coordinates: [10.5, 53.5] }, properties: null },
		'mitrat:accessibility': 'Rampe am Hof',
	});
	const spot = { id: `${base}/location/brunnen`, type: `${schema}/Location`, description: 'Am alten Brunnen' };
	const { mainFile } = paper[0]! as { mainFile: object };
	Object.assign(mainFile, { fileLicense: `${TERMS}/datei` });
	const duty = {
		id: 'pflicht-1',
		subject: 'Bericht über Spielplätze',
		recipient: `${base}/organization/1`,
		department: `${base}/organization/4`,
		rhythm: 'year',
		state: 'ended',
		endCount: 3,
		due: [
			{ date: '2022-05-01', state: 'done', paper: [`${base}/paper/2`] },
			{ date: '2023-05-01', state: 'dropped' },
		],
	};
	Object.assign(paper[0]!, {
		license: TERMS,
		location: [spot, location[0]],
		'mitrat:reportingDuty': [duty],
	});
	const [session] = meeting as unknown as { agendaItem: object[]; participant: string[] }[];
	const voter = session!.participant[0];
	const voices = [
		{ name: 'Dr. Quirina Abendroth-1', person: voter, voice: 'yes' },
		{ name: 'Niemand', voice: 'no' },
	];
	Object.assign(session!.agendaItem[1]!, {
		'mitrat:resultNote': 'mit Auflagen',
		'mitrat:reportingDuty': [duty],
		'mitrat:vote': [
			{
				text: 'Wie vorgelegt',
				method: 'rollCall',
				yes: 8,
				no: 2,
				adopted: true,
				majority: 'twoThirds',
				needed: 7,
				voices,
			},
		],
		'mitrat:election': [
			{
				post: 'deputyChair',
				method: 'secret',
				state: 'accepted',
				elected: 'Ada Marwitz',
				round: [
					{ number: 1, present: 10, votes: votes([5, 'Bela Ohm'], [5, 'Ada Marwitz']) },
					{ number: 2, present: 10, votes: votes([6, 'Ada Marwitz'], [4, 'Bela Ohm']), lot: false },
				],
			},
		],
	});
}

const votes = (...all: [number, string][]) => all.map(([count, name]) => ({ name, votes: count }));
