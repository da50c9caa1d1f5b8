import { expect } from 'vitest';
import type { App } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** Short ways to what journeys of involvement do again and again, all through forms of the application. */
export async function involvementOf(app: App) {
	const { sql } = app.database;
	const office = await app.signIn('office');
	const department = await app.signIn('department');
	const commissioner = await app.signIn('commissioner');
	const one = async (text: string, values: unknown[] = []) =>
		(await sql<{ value: string }>(text, values))[0]?.value ?? '';

	/** Sends a form as a browser without JavaScript does, and follows. */
	const post = async (path: string, fields: Record<string, string | string[]>, cookie = office): Promise<PlainPage> => {
		const body = new URLSearchParams(
			Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
		);
		const headers = { accept: 'text/html', origin: app.url, cookie };
		const sent = await fetch(new URL(path, app.url), { method: 'POST', redirect: 'manual', headers, body });
		const location = sent.headers.get('location');
		if (sent.status === 303 && location) return plainPage(app, location, cookie);
		const html = await sent.text();
		const never = () => Promise.reject(new Error('this page came back from a form'));
		return { status: sent.status, url: sent.url, html, text: textOf(html), offers: () => false, send: never };
	};

	const departmentId = (name = 'Bürgeramt') =>
		one('select id as value from registry.organisation where name = $1', [name]);
	const commissionerOffice = () =>
		one(`select id as value from registry.office where kind = 'commissioner' order by title limit 1`);
	const typeId = (name: string) => one('select id as value from papers.paper_type where name = $1', [name]);

	/** An instruction, in force from a day on. @returns its id */
	const instruct = async (reference: string, from: string): Promise<string> => {
		const page = await post('/einbindung/regeln?/anweisung', { replaces: '', reference, title: 'Einbindung', from });
		expect(page.text, page.text.slice(0, 600)).toContain(reference);
		return one('select id as value from papers.instruction where reference = $1', [reference]);
	};
	const rule = (instruction: string, more: Record<string, string> = {}) =>
		commissionerOffice().then((id) =>
			post('/einbindung/regeln?/regel', {
				instruction,
				who: `office:${id}`,
				form: 'coSign',
				relevance: 'relevant',
				answerDays: '5',
				urgentDays: '1',
				...more,
			}),
		);
	const open = async (title: string, more: Record<string, string> = {}, cookie = office): Promise<PlainPage> =>
		post(
			'/einbindung/neu',
			{
				title,
				departmentId: await departmentId(),
				relevant: 'yes',
				reason: 'Viele Familien sind neu in der Stadt.',
				...more,
			},
			cookie,
		);
	const idOf = (page: PlainPage) => new URL(page.url).pathname.split('/').at(-1)!;

	/** Asks everybody whom the matter has to involve, all at the same time. */
	const ask = async (matter: string, more: Record<string, string> = {}, forms = ['coSign', 'consult']) => {
		const rows = await sql<{ id: string }>(
			`select id from papers.involvement where matter_id = $1 and form = any ($2) and dropped_on is null`,
			[matter, forms],
		);
		return post(`/einbindung/${matter}?/fragen`, { wen: rows.map(({ id }) => id), ...more });
	};
	/** The request of a form that counts now. */
	const request = (matter: string, form = 'coSign') =>
		one(
			`select r.id as value from papers.sign_request r join papers.involvement i on i.id = r.involvement_id
			 where r.matter_id = $1 and i.form = $2 order by r.round desc limit 1`,
			[matter, form],
		);
	const answer = async (
		matter: string,
		fields: Record<string, string>,
		{ form = 'coSign', cookie = commissioner, hash = '' } = {},
	) => {
		const id = await request(matter, form);
		const read = hash || (await one('select hash as value from papers.sign_request where id = $1', [id]));
		return post(`/einbindung/${matter}?/antworten`, { request: id, hash: read, ...fields }, cookie);
	};
	/** A draft as the office writes it. @returns its slug */
	const draft = async (title: string, operative: string): Promise<string> => {
		const type = await typeId('Beschlussvorlage');
		const page = await post(`/vorlagen/neu?/speichern&typ=${type}`, {
			typeId: type,
			title,
			operative,
			departmentId: await departmentId(),
			relevance: 'yes',
			relevanceReason: 'Ja.',
		});
		expect(page.text, page.text.slice(0, 800)).toContain('gespeichert');
		return new URL(page.url).pathname.split('/').at(-2)!;
	};
	/** Upload of a draft as a file, for matters without a paper. */
	const upload = async (matter: string, name: string, text: string) => {
		const body = new FormData();
		body.set('datei', new File([text], name, { type: 'text/plain' }));
		const headers = { accept: 'text/html', origin: app.url, cookie: office };
		return fetch(`${app.url}/einbindung/${matter}?/entwurf`, { method: 'POST', redirect: 'manual', headers, body });
	};
	return {
		one,
		post,
		office,
		department,
		commissioner,
		departmentId,
		commissionerOffice,
		instruct,
		rule,
		open,
		idOf,
		ask,
		request,
		answer,
		draft,
		upload,
		read: (path: string, cookie = office) => plainPage(app, path, cookie),
	};
}

function textOf(html: string): string {
	return html
		.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ')
		.replaceAll(/<[^>]+>/g, ' ')
		.replaceAll(/\s+/g, ' ');
}
