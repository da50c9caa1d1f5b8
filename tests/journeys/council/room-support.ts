import { expect } from 'vitest';
import { newId } from '../../../src/kernel/ids.ts';
import type { App } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** A session of the demonstration's council, as it stands when everybody has been invited. */
export interface Made {
	id: string;
	slug: string;
	items: string[];
}

interface ItemMade {
	title: string;
	kind?: string;
	public?: boolean;
}

interface MadeAs {
	kind?: string;
	/** ISO day; today if left out. */
	date?: string;
	body?: string;
	mode?: 'room' | 'hybrid' | 'video';
}

/** An answer to a form of the page with votes. */
export interface Voted {
	status: number;
	text: string;
}

/** What a clerk does in sessions, by forms without script. Sessions are laid, everything else is played. */
export async function clerkOf(app: App) {
	const office = await app.signIn('office');
	const rows = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
		app.database.sql<Row>(text, values);
	const [council] = (await rows<{ id: string; body_id: string }>(
		`select id, body_id from council.council_body where slug = 'beirat'`,
	)) as [{ id: string; body_id: string }];

	async function session(items: (string | ItemMade)[], more: MadeAs = {}): Promise<Made> {
		const id = newId();
		const slug = `probe-${id.slice(-8)}`;
		await rows(
			`insert into council.meeting (body_id, id, council_body_id, slug, state, kind, date, starts_at, published, number, mode)
			 values ($1, $2, $3, $4, 'invited', $5, coalesce($6::date, (now() at time zone 'Europe/Berlin')::date), now(), true, 77, $7)`,
			[
				council.body_id,
				id,
				more.body ?? council.id,
				slug,
				more.kind ?? 'regular',
				more.date ?? null,
				more.mode ?? 'room',
			],
		);
		const made: string[] = [];
		for (const [position, given] of items.entries()) {
			const item = newId();
			const {
				title,
				kind = position === 0 ? 'opening' : 'topic',
				public: open = true,
			} = typeof given === 'string' ? { title: given } : given;
			await rows(
				`insert into council.agenda_item (body_id, id, meeting_id, position, number, title, kind, public, neutral_title, closed_reason)
				 values ($1, $2, $3, $4, $5, $6, $7, $8, case when $8 then '' else 'Personalangelegenheit' end, case when $8 then '' else 'Schutz einer Person' end)`,
				[council.body_id, item, id, position, String(position + 1), title, kind, open],
			);
			made.push(item);
		}
		return { id, slug, items: made };
	}

	/** Makes a session by the forms of its page, with the items that come along by themselves. */
	async function created(date: string, more: Record<string, string> = {}): Promise<Made> {
		const fields = { id: newId(), body: 'beirat', public: 'on', date, start: '17:00', end: '19:00', ...more };
		const made = await sent(`/sitzungen/neu?gremium=beirat&tag=${date}`, fields);
		const slug = /\/sitzungen\/([^/]+)\//.exec(made)![1]!;
		const [row] = await rows<{ id: string }>('select id from council.meeting where slug = $1', [slug]);
		return { id: row!.id, slug, items: await itemsOf(row!.id) };
	}

	const itemsOf = async (meeting: string) =>
		(
			await rows<{ id: string }>('select id from council.agenda_item where meeting_id = $1 order by position', [
				meeting,
			])
		).map(({ id }) => id);

	/** Puts an item on the agenda of a session that was made by its form. @returns its id */
	async function put(made: Made, fields: Record<string, string>): Promise<string> {
		const to = await sent(`/sitzungen/${made.slug}/tagesordnung?/neu`, { kind: 'topic', ...fields });
		made.items = await itemsOf(made.id);
		return /punkt-([0-9a-f-]+)/.exec(to)![1]!;
	}

	/** Gives addresses for mail to the first voting members who have none, by the form of their page. @returns their names */
	async function addressed(count: number): Promise<string[]> {
		const people = await rows<{ id: string; name: string }>(
			`select p.id, p.given_name || ' ' || p.family_name as name from council.seat_filling f
			 join council.seat s on s.id = f.seat_id join registry.membership m on m.id = f.membership_id
			 join registry.person p on p.id = m.person_id
			 where s.council_body_id = $1 and f.until_date is null and p.email is null and p.account_id is null
			 order by s.number limit $2`,
			[council.id, count],
		);
		expect(people).toHaveLength(count);
		const administrator = await app.signIn('administrator');
		for (const [index, { id }] of people.entries())
			await sent(`/personen/${id}?/einladen`, { email: `mitglied${index}@probe.example` }, administrator);
		return people.map(({ name }) => name);
	}

	/** Invites; where the notice period is over with a reason. */
	async function invite(made: Made, reason = ''): Promise<void> {
		await sent(`/sitzungen/${made.slug}/einladung?/senden`, reason ? { grund: reason } : {});
	}

	/** What the mails of an invitation lead to, by the name of who got them. */
	async function linksOf(made: Made): Promise<Map<string, string>> {
		const waiting = `select 1 from graphile_worker.jobs where task_identifier like 'council.agenda.%'`;
		await expect.poll(async () => (await rows(waiting)).length, { timeout: 60_000 }).toBe(0);
		const mails = await rows<{ name: string; text: string }>(
			`select m.to_name as name, m.text from council.invitation_mail l join kernel.mail m on m.id = l.mail_id
			 where l.meeting_id = $1 and l.purpose = 'invitation'`,
			[made.id],
		);
		return new Map(mails.map(({ name, text }) => [name, /\/antwort\/[\w-]+/.exec(text)?.[0] ?? '']));
	}

	/** Answers an invitation by its link, without an account. */
	async function answered(link: string, fields: Record<string, string>): Promise<void> {
		await sent(link, { version: '1', ...fields }, '');
	}

	/** A new version of the body's rules from a day on; every field that is not named stays. */
	async function ruled(from: string, fields: Record<string, string | boolean>): Promise<void> {
		const page = await app.newPage({ role: 'office', javaScriptEnabled: false });
		await page.goto('/gremien/beirat/regeln');
		await page.locator('form[action="?/neu"] [name="from"]').fill(from);
		for (const [name, value] of Object.entries(fields)) {
			const field = page.locator(`form[action="?/neu"] [name="${name}"]`);
			if (typeof value === 'boolean') await field.setChecked(value);
			else if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
			else await field.fill(value);
		}
		await page.getByRole('button', { name: 'Fassung speichern' }).click();
		expect(new URL(page.url()).hash, await page.locator('main').innerText()).toBe('#versionen');
		await page.context().close();
	}

	/** Sends a form. @returns where it leads */
	async function sent(address: string, fields: Record<string, string>, cookie = office): Promise<string> {
		const answer = await fetch(app.url + address, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', ...(cookie && { cookie }) },
			body: new URLSearchParams(fields),
		});
		expect(answer.status, answer.status === 303 ? '' : (await answer.text()).slice(0, 4000)).toBe(303);
		return answer.headers.get('location')!;
	}

	const room = (made: Pick<Made, 'slug'>, item?: string) =>
		plainPage(app, `/sitzungen/${made.slug}/verlauf${item ? `?punkt=${item}` : ''}`, office);
	const visitor = (made: Pick<Made, 'slug'>) => plainPage(app, `/sitzungen/${made.slug}`);

	/** The list's rows of voting seats, in their order. */
	const voters = (made: Made, body = council.id) =>
		rows<{ id: string; name: string; seat: string }>(
			`select a.id, a.name, a.seat_id as seat from council.attendance a where a.meeting_id = $1 and a.voting
			 and coalesce(a.council_body_id, $2) = $2 order by a.position`,
			[made.id, body],
		);

	/** Lays the list, marks the first voting rows of a body as present, opens, states the quorum. */
	async function begin(made: Made, present: number, body = council.id): Promise<PlainPage> {
		let page = await room(made);
		if (page.offers({ art: 'prepare' })) page = await page.send({ art: 'prepare' });
		const there = (await voters(made, body)).slice(0, present);
		if (there.length)
			page = await page.send({ art: 'roll' }, Object.fromEntries(there.map(({ id }) => [`mark:${id}`, 'present'])));
		page = await page.send({ art: 'open' }, { proper: 'ja' });
		expect(page.text).toContain('läuft seit');
		return page.send({ art: 'quorum' });
	}

	/** The item that a motion, a vote, an election or bias stands under: forms about it say so. */
	async function itemOf(fields: Record<string, string>): Promise<string> {
		if (fields.item) return fields.item;
		const named = ['motion', 'vote', 'election', 'candidate', 'round', 'bias', 'ballot'].map((name) => fields[name]);
		const [row] = await rows<{ item: string }>(
			`select agenda_item_id as item from council.motion where id = any($1)
			 union select agenda_item_id from council.vote where id = any($1)
			 union select agenda_item_id from council.bias where id = any($1)
			 union select agenda_item_id from council.election where id = any($1)
			 union select e.agenda_item_id from council.candidate c join council.election e on e.id = c.election_id
				where c.id = any($1)
			 union select e.agenda_item_id from council.election_round r join council.election e on e.id = r.election_id
				where r.id = any($1)`,
			[named.filter(Boolean)],
		);
		return row?.item ?? '';
	}

	/** Sends a form of the page with votes; faults come back with their page. */
	async function votes(made: Pick<Made, 'slug'>, act: string, fields: Record<string, string>): Promise<Voted> {
		const answer = await fetch(`${app.url}/sitzungen/${made.slug}/abstimmungen?/${act}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', cookie: office },
			body: new URLSearchParams({ ...fields, item: await itemOf(fields) }),
		});
		const html = await answer.text();
		return { status: answer.status, text: html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') };
	}

	/** Takes down a motion. @returns its id */
	async function motion(made: Made, item: string, text: string, more: Record<string, string> = {}): Promise<string> {
		expect((await votes(made, 'antrag', { item, kind: 'main', text, reach: '1', ...more })).status).toBe(303);
		const [row] = await rows<{ id: string }>(
			'select id from council.motion where agenda_item_id = $1 and text = $2 order by position desc limit 1',
			[item, text],
		);
		return row!.id;
	}

	/** Opens the vote on a motion and closes it with these figures. @returns what closing it was answered */
	async function vote(
		made: Made,
		motionId: string,
		figures: { yes: number; no: number; abstain: number },
		more: Record<string, string> = {},
	): Promise<Voted> {
		const opened = await votes(made, 'abstimmen', { motion: motionId, ...more });
		expect(opened.status, opened.text.slice(0, 2000)).toBe(303);
		return votes(made, 'ergebnis', {
			vote: await openVoteOf(motionId),
			...Object.fromEntries(Object.entries(figures).map(([name, count]) => [name, String(count)])),
		});
	}

	async function openVoteOf(motionId: string): Promise<string> {
		const [row] = await rows<{ id: string }>(
			`select id from council.vote where motion_id = $1 and state = 'open' order by opened_at desc limit 1`,
			[motionId],
		);
		return row!.id;
	}

	return {
		office,
		rows,
		council,
		session,
		created,
		put,
		addressed,
		invite,
		linksOf,
		answered,
		ruled,
		room,
		visitor,
		voters,
		begin,
		votes,
		motion,
		vote,
		openVoteOf,
	};
}
