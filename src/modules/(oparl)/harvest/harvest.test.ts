import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { VISITOR } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { search } from '#kernel/search/search.ts';
import { write } from '#kernel/write.ts';
import { papersOfOthers } from '#server/papers';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { read } from '../serve/read.server.ts';
import { tellAnew } from '../project/follow.server.ts';
import { calendarSource } from './client/calendar.server.ts';
import { httpSource } from './client/http.server.ts';
import { TERMS, tellMore } from './fake-more.fixture.ts';
import { fakeServer, type FakeServer, type Wrongs } from './fake-server.fixture.ts';
import type { Raw } from './reading/fields.ts';
import { mutate, wrongValues } from './mutate.fixture.ts';
import { harvest, type HarvestOptions } from './run/harvest.server.ts';
import { stopReading } from './run/start.server.ts';

const database = await freshDatabase();
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

type Town = typeof database.town;
let towns = 0;

async function open(wrongs: Wrongs = {}, more: Parameters<typeof fakeServer>[0] = {}) {
	const server = await fakeServer({ page: 2, ...more }, wrongs);
	const town = await database.addTown(`Stadt ${'abcdefghijklmnopqrstuvwxyz'[towns++ % 26]}${'x'.repeat(towns)}`);
	closing.push(() => server.close());
	return { server, town };
}

async function run(server: FakeServer, town: Town, options: HarvestOptions = {}) {
	const source = httpSource(server.url, 'Europe/Berlin', {
		userAgent: 'Mitrat-Test',
		near: true,
		wait: async () => undefined,
	});
	try {
		const [report] = await harvest(database.ctx(undefined, town), source, options);
		return { ...report!, faults: report!.findings.map(({ kind, fault }) => `${kind} ${fault}`) };
	} finally {
		source.close();
	}
}

interface Told extends Record<string, unknown> {
	id: string;
	name: string;
}

/** What other programs read of a town of its kind, as a stranger. */
async function told(town: Town, list: string, since?: string): Promise<Told[]> {
	const parameters = new URLSearchParams(since ? { modified_since: since } : {});
	const answer = await read(database.ctx(VISITOR, town), `body/${town.id}/${list}`, parameters);
	return (JSON.parse((answer as { json: string }).json) as { data: Told[] }).data;
}

async function entries(town: Town): Promise<number> {
	const [row] = await database.sql<{ n: number }>(
		`select count(*)::int as n from kernel.audit_entry where body_id = $1`,
		[town.id],
	);
	return row!.n;
}

describe('another system', () => {
	test('is taken over with everything it tells, and told on', async () => {
		const { server, town } = await open();
		const report = await run(server, town);
		expect(report.findings).toEqual([]);
		expect(report).toMatchObject({ state: 'done', whole: true, resumed: false, version: '1.1' });
		expect((await told(town, 'organization')).map(({ name }) => name).sort()).toEqual([
			'Amt für Bildung',
			'Beirat für Zusammenleben',
			'Fraktion Grüne Mitte',
			'Rat der Stadt Seltenau',
		]);
		const people = await told(town, 'person');
		expect(people).toHaveLength(5);
		expect(people[0]).toMatchObject({
			title: ['Dr.'],
			givenName: 'Quirina',
			membership: [{ startDate: '2019-06-01' }],
		});
		const [meeting] = (await told(town, 'meeting')).filter(({ name }) => name === '1. Sitzung des Rates');
		expect(meeting).toMatchObject({
			start: '2021-01-11T17:00:00+01:00',
			end: '2021-01-11T19:30:00+01:00',
			meetingState: 'durchgeführt',
			location: { description: 'Rathaus, Saal 2' },
			agendaItem: [
				{ number: '1', name: 'Eröffnung', order: 0 },
				{ number: '2', result: 'angenommen', resolutionText: 'Der Spielplatz wird gebaut.' },
				{ number: '3' },
			],
		});
		expect(meeting!.participant).toHaveLength(1);
		const papers = await told(town, 'paper');
		expect(papers.map(({ reference }) => reference).sort()).toEqual([
			'VO/0001/21',
			'VO/0002/21',
			'VO/0003/21',
			'VO/0004/21',
		]);
		expect(papers[0]).toMatchObject({ consultation: [{ role: 'Entscheidung', authoritative: true }] });
		expect(await told(town, 'location')).toMatchObject(
			[{}, {}, {}, {}].map(() => ({ type: expect.any(String) as string })),
		);
		expect(await told(town, 'legislativeterm')).toMatchObject([{ name: '7. Wahlperiode', endDate: '2024-05-31' }]);
		expect(await tellAnew(database.ctx(undefined, town))).toBe(0);
	});

	test('is told on with licences, places of papers, status, votes by name, elections and duties to report', async () => {
		const { server, town } = await open();
		tellMore(server.town, server.base);
		expect((await run(server, town)).findings).toEqual([]);
		const [chair] = (await told(town, 'person')).filter(({ status }) => status);
		expect(chair!.status).toEqual(['Ehrenvorsitz']);
		const places = await told(town, 'location');
		expect(places.find(({ subLocality }) => subLocality)).toMatchObject({
			subLocality: 'Altstadt',
			geojson: { type: 'Feature', geometry: { type: 'Point', coordinates: [10.5, 53.5] } },
			'mitrat:accessibility': 'Rampe am Hof',
		});
		const papers = await told(town, 'paper');
		const [paper] = papers.filter(({ license }) => license);
		expect(paper).toMatchObject({
			license: TERMS,
			mainFile: { fileLicense: `${TERMS}/datei` },
			location: [{ description: 'Am alten Brunnen' }, { streetAddress: 'Anger 1' }],
		});
		const report = papers.find(({ reference }) => reference === 'VO/0002/21')!.id;
		const duty = {
			subject: 'Bericht über Spielplätze',
			rhythm: 'year',
			state: 'ended',
			endCount: 3,
			due: [
				{ date: '2022-05-01', state: 'done', paper: [report] },
				{ date: '2023-05-01', state: 'dropped' },
			],
		};
		expect(paper!['mitrat:reportingDuty']).toMatchObject([duty]);
		const [item] = (await told(town, 'agendaitem')).filter((one) => one['mitrat:vote']);
		expect(item).toMatchObject({ result: 'angenommen', 'mitrat:resultNote': 'mit Auflagen' });
		// one duty, whoever tells it
		expect(item!['mitrat:reportingDuty']).toEqual(paper!['mitrat:reportingDuty']);
		expect(item!['mitrat:vote']).toMatchObject([
			// who was not there has no voice
			{ majority: 'twoThirds', needed: 7, voices: [{ name: 'Dr. Quirina Abendroth-1', voice: 'yes' }] },
		]);
		expect(item!['mitrat:election']).toMatchObject([
			{
				elected: 'Ada Marwitz',
				round: [{ votes: [{ name: 'Bela Ohm' }, { name: 'Ada Marwitz' }] }, { votes: [{ votes: 6 }, { votes: 4 }] }],
			},
		]);
		expect(await tellAnew(database.ctx(undefined, town))).toBe(0);
	});

	test('a place that is a district of the town’s list, or lies in one, is named as that district', async () => {
		const { server, town } = await open();
		tellMore(server.town, server.base);
		const office = database.ctx(undefined, town);
		const list = ['Neustadt', 'Altstadt', 'Am Alten Brunnen'].map((name, position) => {
			return { id: newId(), name, shortName: '', position, offered: true };
		});
		await write(office, (tx) => papersOfOthers.takeOverDistricts(tx, list));
		expect((await run(server, town)).findings).toEqual([]);
		const places = async () =>
			(await told(town, 'paper')).flatMap(({ location }) => (location as Record<string, unknown>[] | undefined) ?? []);
		expect(await places()).toMatchObject([
			{ description: 'Altstadt', subLocality: 'Altstadt', 'mitrat:district': { offered: true } },
			{ description: 'Am Alten Brunnen', 'mitrat:district': { offered: true } },
			{ streetAddress: 'Anger 1', subLocality: 'Altstadt' },
		]);
		const found = await search(database.ctx(VISITOR, town), { text: '', facets: { district: ['Altstadt'] } });
		expect(found.hits).toHaveLength(1);
		delete server.town.paper[0]!.location;
		await run(server, town, { whole: true });
		expect(await places()).toEqual([]);
		expect(await tellAnew(database.ctx(undefined, town))).toBe(0);
	});

	test('a session that is told differently keeps its votes by name; what is told no more is gone', async () => {
		const { server, town } = await open();
		tellMore(server.town, server.base);
		await run(server, town);
		const [session] = server.town.meeting as unknown as { agendaItem: Record<string, unknown>[]; name: string }[];
		session!.name = '1. Sitzung des Rates, verlegt';
		await run(server, town, { whole: true });
		const item = async () => (await told(town, 'agendaitem')).find((one) => one['mitrat:vote'])!;
		expect((await item())['mitrat:vote']).toMatchObject([{ voices: [{ voice: 'yes' }] }]);
		const [paper] = server.town.paper;
		for (const one of [paper!, session!.agendaItem[1]!]) delete one['mitrat:reportingDuty'];
		delete session!.agendaItem[1]!['mitrat:election'];
		Object.assign(server.town.person[0]!, { status: [] });
		delete paper!.location;
		delete paper!.license;
		await run(server, town, { whole: true });
		expect(Object.keys(await item())).not.toContain('mitrat:election');
		for (const list of ['agendaitem', 'paper', 'person'])
			for (const one of await told(town, list))
				for (const property of ['mitrat:reportingDuty', 'status', 'license'])
					expect(Object.keys(one), one.id).not.toContain(property);
		expect((await told(town, 'paper')).filter(({ location }) => location)).toEqual([]);
		expect(await database.sql('select from papers.report_duty where body_id = $1', [town.id])).toEqual([]);
	});

	test('names the terms of a source in all that comes from it, where the town has others', async () => {
		const { server, town } = await open();
		server.license = TERMS;
		await run(server, town);
		for (const list of ['person', 'paper', 'agendaitem', 'file', 'membership'])
			expect(new Set((await told(town, list)).map(({ license }) => license))).toEqual(new Set([TERMS]));
	});

	test('a second reading changes nothing, asked whole or for what changed', async () => {
		const { server, town } = await open();
		await run(server, town);
		const before = await entries(town);
		expect(before).toBeGreaterThan(10);
		const again = await run(server, town, { whole: true });
		expect(Object.values(again.counts).map(({ kept, gone }) => kept + gone)).toEqual([0]);
		expect(server.unchanged).toBeGreaterThan(5);
		await run(server, town);
		expect(await entries(town)).toBe(before);
	});

	test('is asked for what changed; changes and tombstones follow', async () => {
		const { server, town } = await open();
		await run(server, town);
		const paper = server.town.paper[0]!;
		const meeting = server.town.meeting[0]! as { agendaItem: Record<string, unknown>[] } & Record<string, unknown>;
		paper.name = 'Spielplatz am Anger, neu';
		paper.modified = '2099-01-01T00:00:00Z';
		meeting.agendaItem.splice(2, 1);
		meeting.modified = '2099-01-01T00:00:00Z';
		const gone = server.town.paper.pop()!;
		server.gone.paper = [{ id: gone.id, type: gone.type, deleted: true, modified: '2099-01-01T00:00:00Z' }];
		const report = await run(server, town);
		expect(report.whole).toBe(false);
		expect(server.requests.at(-1)!.path).toContain('modified_since=');
		expect(report.findings).toEqual([]);
		const papers = await told(town, 'paper');
		expect(papers.map(({ name }) => name).sort()).toEqual([
			'Spielplatz am Anger, Teil 2',
			'Spielplatz am Anger, Teil 3',
			'Spielplatz am Anger, neu',
		]);
		expect((await told(town, 'paper', '2000-01-01T00:00:00Z')).filter(({ deleted }) => deleted)).toHaveLength(1);
		const [first] = (await told(town, 'meeting')).filter(({ name }) => name === '1. Sitzung des Rates');
		expect(first!.agendaItem).toHaveLength(2);
	});

	test('what a whole reading tells no more is gone, of each kind; what comes back is the same again', async () => {
		const { server, town } = await open();
		await run(server, town);
		const before = await told(town, 'meeting');
		const meeting = server.town.meeting.pop()!;
		const place = server.town.location.pop()!;
		const term = server.town.term.pop()!;
		const person = server.town.person.pop()!;
		const body = server.town.organization.splice(2, 1)[0]!;
		await run(server, town, { whole: true });
		expect(await told(town, 'meeting')).toHaveLength(2);
		// one is no longer told, another one sat in the body alone that is no longer told
		expect(await told(town, 'person')).toHaveLength(3);
		expect((await told(town, 'organization')).map(({ name }) => name)).not.toContain('Beirat für Zusammenleben');
		expect(await told(town, 'legislativeterm')).toEqual([]);
		expect((await told(town, 'location')).map(({ description }) => description)).not.toContain('Am Anger');
		server.town.meeting.push(meeting);
		server.town.location.push(place);
		server.town.term.push(term);
		server.town.person.push(person);
		server.town.organization.push(body);
		await run(server, town, { whole: true });
		expect((await told(town, 'meeting')).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
		expect(await told(town, 'person')).toHaveLength(5);
		expect(await told(town, 'legislativeterm')).toHaveLength(1);
	});

	test('a list that breaks off takes nothing away', async () => {
		const { server, town } = await open();
		await run(server, town);
		server.wrongs.html = ['meeting'];
		const report = await run(server, town, { whole: true });
		expect(report.faults).toContain('List unreachable');
		expect(await told(town, 'meeting')).toHaveLength(3);
	});

	test('a reading that is broken off goes on where it was', async () => {
		const { server, town } = await open();
		const cancel = new AbortController();
		const say = (line: string) => void (line === 'Person 4' && cancel.abort(new Error('enough')));
		const first = await run(server, town, { signal: cancel.signal, say });
		expect(first.state).toBe('cancelled');
		const asked = server.requests.length;
		const second = await run(server, town);
		expect(second).toMatchObject({ state: 'done', resumed: true });
		const later = server.requests.slice(asked).map(({ path }) => path);
		expect(later.some((path) => path.includes('/organization'))).toBe(false);
		expect(later.some((path) => path.includes('/person?page=2'))).toBe(true);
		expect(await told(town, 'paper')).toHaveLength(4);
		expect(await told(town, 'person')).toHaveLength(5);
	});

	test('the office stops a reading, and it goes on later', async () => {
		const { server, town } = await open();
		server.wrongs.before = async (path) => {
			if (!path.includes('/paper?page=1')) return;
			const [source] = await database.sql<{ id: string }>('select id from oparl.source where body_id = $1', [town.id]);
			await stopReading(database.ctx(undefined, town), source!.id);
		};
		expect((await run(server, town)).state).toBe('cancelled');
		server.wrongs.before = undefined;
		expect(await run(server, town)).toMatchObject({ state: 'done', resumed: true, findings: [] });
		expect(await told(town, 'paper')).toHaveLength(4);
	});

	test('a calendar brings sessions alone, to bodies that are here', async () => {
		const { server, town } = await open();
		await run(server, town);
		const ctx = () => database.ctx(undefined, town);
		const ics = (
			uid: string,
			end: string,
		) => `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:${uid}\nDTSTART:20990311T160000Z\nDTEND:${end}
SUMMARY:2. Sitzung des Beirates für Zusammenleben\nEND:VEVENT\nEND:VCALENDAR\n`;
		const take = (text: string) => {
			const { source, kind } = calendarSource(new TextEncoder().encode(text), 'rat.ics', town.timeZone);
			return harvest(ctx(), source, { kind });
		};
		const [report] = await take(ics('a', '20990311T180000Z'));
		expect(report).toMatchObject({ findings: [], counts: { Meeting: { told: 1, kept: 1 } } });
		const council = (await told(town, 'organization')).find(({ name }) => name === 'Beirat für Zusammenleben')!;
		const [meeting] = (await told(town, 'meeting')).filter(({ start }) => String(start).startsWith('2099'));
		expect(meeting).toMatchObject({ organization: [council.id], meetingState: 'terminiert' });
		const before = await entries(town);
		await take(ics('a', '20990311T180000Z'));
		expect(await entries(town)).toBe(before);
		await take(ics('b', '20990311T190000Z'));
		expect((await told(town, 'meeting')).filter(({ start }) => String(start).startsWith('2099'))).toHaveLength(2);
		expect(await told(town, 'organization')).toHaveLength(4);
	});

	test('strangers start nothing', async () => {
		const { server, town } = await open();
		const source = httpSource(server.url, 'Europe/Berlin', { userAgent: 'x', near: true });
		await expect(harvest(database.ctx(VISITOR, town), source)).rejects.toThrow(NotFound);
		source.close();
	});

	test('files are fetched when wanted', async () => {
		const { server, town } = await open();
		await run(server, town);
		const linked = (await told(town, 'paper'))[0]!.mainFile as Told;
		expect(linked.accessUrl).toBe(`${server.base}/content/vorlage-1`);
		const report = await run(server, town, { files: true, whole: true });
		expect(report.counts.Content!.kept).toBe(7);
		const fetched = (await told(town, 'paper'))[0]!.mainFile as Told;
		expect(fetched).toMatchObject({
			id: linked.id,
			name: 'Vorlage',
			size: 12,
			mimeType: expect.stringMatching(/^text.plain/) as string,
		});
		expect(fetched.accessUrl).not.toBe(linked.accessUrl);
		const before = await entries(town);
		await run(server, town, { files: true, whole: true });
		expect(await entries(town)).toBe(before);
	});
});

describe('a system that does it wrong', () => {
	test('is taken over as far as it can be understood, and what was wrong is counted', async () => {
		const { server, town } = await open({ withoutLists: ['location'] }, { version: '1.0' });
		const [first, second, third] = server.town.meeting as [Raw, Raw, Raw];
		first.end = '2021-01-11T16:00:00+01:00';
		first.start = '2021-01-11T17:00:00';
		second.name = '<b>Sitzung</b> &uuml;ber Stra&szlig;en';
		third.organization = [];
		const [paper, other, double] = server.town.paper as [Raw, Raw, Raw];
		Object.assign(paper, { superordinatedPaper: [other.id], date: '2020-01-01' });
		Object.assign(other, { superordinatedPaper: [paper.id], date: '2021-02-01', relatedPaper: [] });
		double.reference = paper.reference;
		(double.consultation as Raw[]).push({ ...(double.consultation as Raw[])[0], id: `${String(double.id)}/second` });
		const [chair, member] = server.town.person as { membership: Raw[] }[];
		chair!.membership[0]!.role = 'unbekannt';
		delete chair!.membership[0]!.startDate;
		member!.membership.push({ ...member!.membership[0], id: `${server.base}/membership/x`, startDate: '2020-01-01' });
		server.town.person.push({
			id: `${server.base}/person/99`,
			type: 'https://schema.oparl.org/1.0/Person',
			name: 'Niemand',
		});
		server.town.meeting.push({
			id: `${server.base}/meeting/99`,
			type: 'https://schema.oparl.org/1.0/Meeting',
			name: 'Irgendwann',
		});
		const report = await run(server, town);
		expect(report.version).toBe('1.0');
		expect(report.faults).toEqual([
			'Meeting badDate',
			'Meeting dateWithoutOffset',
			'Meeting endBeforeStart',
			'Meeting html',
			'Meeting orphan',
			'Membership noBeginning',
			'Membership overlap',
			'Membership unknownRole',
			'Paper doubleReference',
			'Paper reversedRelation',
			'Person noFunction',
		]);
		const papers = await told(town, 'paper');
		expect(papers.map(({ reference }) => reference).sort()).toEqual([
			'VO/0001/21',
			'VO/0001/21 (2)',
			'VO/0002/21',
			'VO/0004/21',
		]);
		const above = papers.find(({ reference }) => reference === 'VO/0002/21')!;
		expect(above.superordinatedPaper).toEqual([papers.find(({ date }) => date === '2020-01-01')!.id]);
		expect((await told(town, 'meeting')).map(({ name }) => name)).toContain('Sitzung über Straßen');
		const again = await entries(town);
		await run(server, town, { whole: true });
		expect(await entries(town)).toBe(again);
	});

	test('addresses instead of objects are asked for one by one, and those that are gone are counted', async () => {
		const { server, town } = await open({ named: true });
		server.town.paper.push(`${server.base}/paper/404` as never);
		const report = await run(server, town);
		expect(report.faults).toEqual(['Paper notFound']);
		expect(await told(town, 'paper')).toHaveLength(4);
		expect(await told(town, 'meeting')).toHaveLength(3);
	});

	test('whatever stands in its objects, a reading ends, keeps nothing twice, and leaves nothing untold', async () => {
		const change = fc.record({
			list: fc.constantFrom('organization', 'person', 'meeting', 'paper', 'location', 'term' as const),
			nth: fc.nat(20),
			place: fc.nat(200),
			value: wrongValues,
		});
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
				const { server, town } = await open();
				tellMore(server.town, server.base);
				for (const { list, nth, place, value } of changes) {
					const all = server.town[list];
					mutate(all[nth % all.length]!, place, structuredClone(value));
				}
				const report = await run(server, town);
				expect(report.state).toBe('done');
				expect(report.findings.filter(({ fault }) => fault === 'notKept')).toEqual([]);
				const before = await entries(town);
				await run(server, town, { whole: true });
				expect(await entries(town)).toBe(before);
				expect(await tellAnew(database.ctx(undefined, town))).toBe(0);
			}),
			{ numRuns: 15 },
		);
	}, 120_000);
});
