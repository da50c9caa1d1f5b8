import { expect, test } from 'vitest';
import { SYSTEM } from '../../../src/kernel/access/actor.ts';
import { contextFor, endRequest } from '../../../src/kernel/request.ts';
import { allTowns } from '../../../src/kernel/towns.ts';
import { remindOfReports } from '../../../src/modules/(papers)/duties/remind.server.ts';
import { startApp } from '../../support/app.ts';
import type { PlainPage } from '../../support/forms.ts';
import { clerkOf } from '../council/room-support.ts';
import { officeOf } from './way-support.ts';
import { withoutScript, withScript, type Player } from './players.ts';

/**
 * A motion from its draft over five stations to the counter-proposal, the council's answer, the amended resolution and the half-yearly reports;
 * played by forms alone, and in a browser with the pages' own scripts.
 */
const app = await startApp({ demonstration: true, workers: 0 });
const { sql } = app.database;
const clerk = await clerkOf(app);
const { session } = await officeOf(app);
const office = clerk.office;
const department = await app.signIn('department');
const mayor = await app.signIn('mayor');

const today = Temporal.Now.plainDateISO('Europe/Berlin');
const day = (days: number) => today.add({ days }).toString();
const COUNCIL = 'Beirat für Integration und Migration';
/** The decision lies in the next year, the report is asked for by the end of this one. */
const decision = Temporal.PlainDate.from({ year: today.year + 1, month: 2, day: 16 }).toString();
const COUNTER =
	'1. Die Verwaltung berichtet dem Ausschuss für Recht halbjährlich über Fortgang und Zwischenergebnisse.\n2. Eine Arbeitsgruppe wird nicht eingerichtet.';

const idOf = async (name: string, table = 'registry.organisation') =>
	(await sql<{ id: string }>(`select id from ${table} where name = $1`, [name]))[0]?.id ?? '';
const said = (page: PlainPage) => page.text.replaceAll(/ :(?= \p{L})/gu, ':');

/** A report as an information of the department. @returns its number */
async function information(open: Player, title: string): Promise<string> {
	const typeId = await idOf('Information', 'papers.paper_type');
	const draft = await (
		await open(`/vorlagen/neu?typ=${typeId}`, department)
	).send({ typeId }, { title, operative: 'Die Zahlen stehen in der Anlage.' });
	const done = await draft.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(draft.html)![1]! });
	return /I\d{4}\/\d\d/.exec(done.text)![0];
}

/** The town's morning run, as the schedule queues it: it reminds, and sets the next day. */
async function morning(): Promise<void> {
	const [town] = await allTowns();
	const ctx = contextFor(town!, SYSTEM);
	await remindOfReports(ctx, { origin: app.url });
	await endRequest(ctx);
}

const PLAYERS: [string, (app: Parameters<typeof withScript>[0]) => Player][] = [
	['without JavaScript', withoutScript],
	['with JavaScript', withScript],
];

test.each(PLAYERS)(
	'a motion goes its way from the draft over five stations to the counter-proposal, the council’s answer, the amended resolution and the half-yearly reports, %s',
	async (how, playerOf) => {
		const open = playerOf(app);
		const title = `Anlaufstelle für Konflikte im Amt, ${how}`;
		const way = () => open(`/vorlagen/${slug}/weg`, office);
		const paper = async (cookie?: string) => said(await open(`/vorlagen/${slug}`, cookie));
		const stationId = async (name: string) => {
			const { html } = await way();
			const rows = [...html.matchAll(/id="station-([0-9a-f-]{36})"([\s\S]*?)<\/h3>/g)];
			return rows.findLast(([, , inside]) => inside!.includes(`>${name}<`))![1]!;
		};
		const station = async (role: string, name: string, plannedOn: string) => {
			const known = await idOf(name);
			const page = await (
				await way()
			).send({ bodyName: '' }, { role, plannedOn, ...(known || !name ? { body: known } : { bodyName: name }) });
			expect(page.text, page.text.slice(0, 800)).toContain('Station aufgenommen.');
		};
		const outcome = async (
			name: string,
			result: string,
			on: string,
			more: Record<string, string> = {},
			cookie = office,
		) => {
			app.setClock(`${on}T20:00`);
			const id = await stationId(name);
			const page = await (
				await open(`/vorlagen/${slug}/weg`, cookie)
			).send({ id, text: '' }, { result, happenedOn: on, ...more });
			expect(page.text, page.text.slice(0, 800)).toContain('Ergebnis gespeichert.');
		};

		// Two groups write it; a draft has no number yet.
		app.setClock(`${day(0)}T10:00`);
		const typeId = await idOf('Antrag', 'papers.paper_type');
		const draft = await (
			await open(`/vorlagen/neu?typ=${typeId}`, office)
		).send(
			{ typeId },
			{
				title,
				operative: `Der Stadtrat möge beschließen:\n\n1. Es wird eine Arbeitsgruppe eingerichtet.\n2. Die Verwaltung berichtet bis spätestens Ende ${today.year} über die Ergebnisse.`,
				reasons: 'Viele Gespräche im Amt enden im Streit.',
				von1: await idOf('Fraktion Grüne Elbe'),
				von2: await idOf('Fraktion Linkes Ufer'),
				departmentId: await idOf('Bürgeramt'),
				relevance: 'yes',
				relevanceReason: 'Es geht um Menschen, die zugewandert sind.',
			},
		);
		expect(draft.text, draft.text.slice(0, 800)).toContain('Der Entwurf ist gespeichert.');
		const filed = await draft.send({ einreichen: /name="einreichen" value="(\d+)"/.exec(draft.html)![1]! });
		const slug = new URL(filed.url).pathname.split('/').at(-1)!;
		const reference = /A\d{4}\/\d\d/.exec(filed.text)![0];

		// Five stations: approval inside the house, three committees, the town council.
		await station('approval', '', day(8));
		await station('deciding', 'Stadtrat', decision);
		await station('advisory', 'Ausschuss für Soziales und Gesundheit', day(20));
		await station('advisory', 'Ausschuss für Recht und Bürgerangelegenheiten', day(27));
		await station('advisory', 'Verwaltungsausschuss', day(34));
		const warned = await paper(office);
		expect(warned).toContain(`Im Wortlaut steht „bis spätestens Ende ${today.year}“`);
		expect(warned).toContain('Bis dahin kann niemand berichten');
		expect(warned).toContain(`aber ${COUNCIL} ist keine Station`);
		expect(await paper()).not.toContain('Bis dahin kann niemand berichten');
		await station('hearing', COUNCIL, day(14));
		const heard = await paper(office);
		expect(heard).not.toContain('ist keine Station');
		expect(heard).toContain('Bis dahin kann niemand berichten');

		// The mayor approves; nobody outside sees that.
		const approval = /id="station-([0-9a-f-]{36})"/.exec((await way()).html)![1]!;
		app.setClock(`${day(8)}T09:00`);
		const approved = await (
			await open(`/vorlagen/${slug}/weg`, mayor)
		).send({ id: approval, text: '' }, { result: 'approved' });
		expect(approved.text).toContain('Ergebnis gespeichert.');
		expect(await paper()).not.toMatch(/genehmigt|Genehmigung/);

		// The administration is against it and proposes something else.
		const statement = () => open(`/vorlagen/${slug}/stellungnahme`, department);
		await (
			await statement()
		).send(
			{ dann: 'vorlegen' },
			{
				title: 'Stellungnahme zur Arbeitsgruppe',
				recommendation: 'reject',
				summary: 'Für eine Arbeitsgruppe besteht kein Bedarf.',
				text: 'Die Verwaltung nimmt wie folgt Stellung.',
				counterProposal: COUNTER,
			},
		);
		await (await open(`/vorlagen/${slug}/stellungnahme`, mayor)).send({ was: 'freigeben' });
		const published = await (await open(`/vorlagen/${slug}/stellungnahme`, office)).send({ was: 'veroeffentlichen' });
		expect(published.text, published.text.slice(0, 1200)).toContain('Die Stellungnahme ist veröffentlicht.');
		await (await open(`/vorlagen/${slug}/stellungnahme`, office)).send({ was: 'gegenvorschlag' });
		const answered = await paper();
		expect(answered).toContain('Verwaltung: Ablehnung, Gegenvorschlag');
		const amendment = await open(`/vorlagen/${slug}-1`);
		expect(amendment.text).toContain(`${reference}/1`);
		expect(amendment.text).toContain('berichtet dem Ausschuss für Recht halbjährlich');

		// The council is heard in its own session; its answer comes back to the motion by itself.
		const on = day(how === 'with JavaScript' ? 15 : 14);
		app.setClock(`${on}T09:00`);
		const made = await session(on);
		const asked = await stationId(COUNCIL);
		const put = await (await way()).send({ id: asked, late: '' }, { meeting: made.id, late: 'Der Antrag ist eilig.' });
		expect(put.text, put.text.slice(0, 900)).toContain('Die Vorlage steht auf der Tagesordnung.');
		const [item] = await sql<{ id: string }>(
			'select id from council.agenda_item where meeting_id = $1 and title = $2',
			[made.id, title],
		);
		await clerk.begin({ ...made, items: [item!.id] }, 12);
		const room = await clerk.room(made, item!.id);
		expect(room.html).toContain(`/vorlagen/${slug}`);
		expect(room.html, 'the counter-proposal lies on the table, too').toContain(`/vorlagen/${slug}-1`);
		await room.send({ art: 'item', item: item!.id });
		const answer = 'Der Beirat will gefragt werden, bevor der Ausschuss berichtet wird.';
		await (await clerk.room(made, item!.id)).send({ art: 'opinion', item: item!.id }, { text: answer });
		await (await clerk.room(made)).send({ art: 'close' });
		const council = await paper();
		expect(council).toContain('Beirat Stellung genommen');
		expect(council).toContain(answer);

		// The committees don't agree; each one's recommendation stands for itself.
		await outcome('Ausschuss für Soziales und Gesundheit', 'adopted', day(20), {
			'yes-0': '7',
			'no-0': '2',
			'abstain-0': '0',
		});
		await outcome('Ausschuss für Recht und Bürgerangelegenheiten', 'adoptedChanged', day(27), {
			'yes-0': '6',
			'no-0': '3',
			'abstain-0': '1',
			wording: COUNTER,
		});
		await outcome('Verwaltungsausschuss', 'rejected', day(34), { text: 'Das Geld fehlt.', 'yes-0': '4', 'no-0': '5' });
		const mixed = await paper();
		expect(mixed).toContain('Noch nicht entschieden: die Gremien empfehlen Verschiedenes');
		expect(mixed).toContain('Empfehlungen nebeneinander');

		// The town council takes the counter-proposal over: an amended resolution.
		await outcome('Stadtrat', 'adoptedChanged', decision, {
			'yes-0': '31',
			'no-0': '12',
			'abstain-0': '3',
			wording: COUNTER,
		});
		const decided = await paper();
		expect(decided).toContain('Was wurde daraus? Mit Änderungen angenommen');
		expect(decided).toContain('31 Ja, 12 Nein, 3 Enthaltungen');
		expect(decided).toContain('So wurde beschlossen');
		expect(decided).toContain('berichtet dem Ausschuss für Recht halbjährlich');
		const english = await open(`/en/vorlagen/${slug}`);
		expect(english.text).toContain('Accepted with changes');

		// The resolution asks for a report every half-year: two are due, the department hands them in.
		const subject = `Fortgang bei Konflikten, ${how}`;
		const firstDue = Temporal.PlainDate.from(decision).add({ months: 6 });
		const duty = await (
			await open(`/berichtspflichten/neu?vorlage=${slug}`, office)
		).send(
			{ covers: 'none' },
			{
				rhythm: 'halfYear',
				subject,
				firstDue: firstDue.toString(),
				paper: reference,
				recipientId: await idOf('Ausschuss für Recht und Bürgerangelegenheiten'),
				departmentId: await idOf('Bürgeramt'),
			},
		);
		expect(duty.text, duty.text.slice(0, 900)).toContain('jedes Halbjahr');
		const reports = new URL(duty.url).pathname;
		for (const half of [0, 1]) {
			app.setClock(`${firstDue.add({ months: 6 * half }).subtract({ days: 7 })}T10:00`);
			const number = await information(open, `${half + 1}. Bericht: ${subject}`);
			await morning();
			const form = await open(reports, department);
			const dueId = /(?:name="dueId"|<option)[^>]*value="([0-9a-f-]{36})"/.exec(form.html)![1]!;
			const linked = await form.send({ extent: 'full' }, { dueId, reference: number });
			expect(linked.text, linked.text.slice(0, 900)).toContain('Der Bericht ist verknüpft.');
			expect((await open(reports)).text).toContain(number);
		}
		expect(await paper()).toContain(subject);

		app.setClock(`${day(0)}T12:00`);
	},
	120_000,
);
