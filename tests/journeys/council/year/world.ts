import { expect } from 'vitest';
import { OPERATOR } from '../../../../src/kernel/access/actor.ts';
import { extractText } from '../../../../src/kernel/files/extract.ts';
import { inviteAccount } from '../../../../src/kernel/identity/links.ts';
import { write } from '../../../../src/kernel/write.ts';
import { addDuty, addPerson, linkAccount } from '../../../../src/modules/(registry)/index.server.ts';
import { startApp } from '../../../support/app.ts';
import { Site, type Page, type Typed } from './site.ts';

/**
 * The town of the journey: empty at first, as `mitrat setup` leaves it, with one administrator who is the office, too.
 * Everything else comes by forms; the clock is moved by `at`.
 */
const app = await startApp({ workers: 2 });
const site = new Site(app.url);

export const BODY = 'integrationsbeirat';
export const YOUTH = 'jugendrat';
const OFFICE = { name: 'Ines Hallfurth', email: 'ines.hallfurth@elbstadt.example' };

const cookies = new Map<string, string>();

/** From here on it is this moment: "2029-09-05T17:03", the town's time. */
export function at(local: string): void {
	app.setClock(local);
}

/** The first person of the town, as the command line makes them. */
export async function foundTown(): Promise<void> {
	const { accountId } = await inviteAccount(OFFICE, { origin: app.url });
	await write(app.database.ctx(OPERATOR), async (tx) => {
		const personId = await addPerson(tx, OFFICE.name);
		await linkAccount(tx, personId, { id: accountId, email: OFFICE.email });
		for (const duty of ['administrator', 'office', 'auditor'] as const)
			await addDuty(tx, { personId, duty, from: tx.today });
	});
	await signIn(OFFICE.name);
}

export const mailOf = (name: string) =>
	`${name.toLowerCase().replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll(' ', '.')}@elbstadt.example`;

/** Signs somebody in by a link to the address that the office invited. */
export async function signIn(name: string): Promise<void> {
	cookies.set(name, await app.signInAs(mailOf(name)));
}

const cookieOf = (who: string) => {
	if (who === 'visitor') return '';
	const cookie = cookies.get(who === 'office' ? OFFICE.name : who);
	if (!cookie) throw new Error(`${who} has not signed in`);
	return cookie;
};

/** A page as somebody sees it: the office, a visitor, or whoever signed in by name. */
export const see = (path: string, who = 'office') => site.get(path, cookieOf(who));
export const seen = async (path: string, who = 'office') => {
	const page = await see(path, who);
	expect(page.status, `${path} for ${who}: ${page.text.slice(0, 300)}`).toBe(200);
	return page;
};
export const file = (path: string, who = 'office') => site.file(path, cookieOf(who));

interface Where {
	who?: string;
	/** Words that tell the form from others with the same action. */
	near?: string;
}

/** Sends a form of a page that must be taken. @returns the page it leads to */
export async function act(page: Page | string, action: string, typed: Typed = {}, where: Where = {}): Promise<Page> {
	const next = await tried(page, action, typed, where);
	expect(next.status, `${action} on ${next.path}: ${next.text.slice(0, 700)}`).toBe(200);
	return next;
}

/** Sends a form that must be refused, with the reason in words. */
export async function refused(
	page: Page | string,
	action: string,
	typed: Typed,
	reason: string,
	where: Where = {},
): Promise<void> {
	const next = await tried(page, action, typed, where);
	expect([next.status, next.text]).toEqual([422, expect.stringContaining(reason)]);
}

async function tried(page: Page | string, action: string, typed: Typed, { who = 'office', near }: Where) {
	const here = typeof page === 'string' ? await seen(page, who) : page;
	return site.send(here, action, typed, cookieOf(who), near);
}

/** Work that waits for its turn (letters, reminders) is done. */
export async function quiet(): Promise<void> {
	// The files for programs rest a while by the town's clock, which stands years ahead here.
	const waiting = () =>
		app.database.sql(
			`select 1 from graphile_worker.jobs where attempts < max_attempts and task_identifier <> 'oparl.documents'`,
		);
	await expect.poll(async () => (await waiting()).length, { timeout: 60_000, interval: 50 }).toBe(0);
}

export interface Letter {
	to: string;
	subject: string;
	text: string;
}

/** The letters whose subject begins so and that say something, newest first, as the page of the post shows them. */
export async function letters(subject: string, saying = ''): Promise<Letter[]> {
	await quiet();
	const { html } = await seen('/_post');
	const all = [
		...html.matchAll(/<a href="(\/_post\/[^"]+)"[^>]*>([\s\S]*?)<\/a>[\s\S]*?<bdi dir="ltr">([^<]*)<\/bdi>/g),
	];
	const found: Letter[] = [];
	for (const [, href, words, to] of all) {
		if (
			!words!
				.replaceAll(/<[^>]+>/g, '')
				.trim()
				.startsWith(subject)
		)
			continue;
		found.push({ to: to!, subject: words!.replaceAll(/<[^>]+>/g, '').trim(), text: (await seen(href!)).text });
	}
	return found.filter(({ text }) => text.includes(saying));
}

/** A page says all of these, in this order of nothing; and none of those. */
export async function says(
	path: string,
	who: string,
	words: readonly (string | RegExp)[],
	never: readonly string[] = [],
): Promise<Page> {
	const page = await seen(path, who);
	const missing = words.filter((one) => (typeof one === 'string' ? !page.text.includes(one) : !one.test(page.text)));
	expect(missing.map(String), `${path} for ${who} lacks this, it says: ${page.text.slice(0, 3000)}`).toEqual([]);
	expect(
		never.filter((one) => page.text.includes(one)),
		`${path} for ${who}`,
	).toEqual([]);
	return page;
}

/** The words of a paper: PDF, ODT or DOCX by the end of its address. */
export async function paper(path: string, who = 'visitor'): Promise<string> {
	const { status, bytes } = await file(path, who);
	expect(status, path).toBe(200);
	const { text } = await extractText(bytes, `a.${/\.(\w+)(\?|$)/.exec(path)![1]}`);
	return text.replaceAll(/\s+/g, ' ');
}

/** The hour of a nightly job has come: reminders, deletions. */
export async function nightly(job: string): Promise<void> {
	await write(app.database.ctx(OPERATOR), (tx) => tx.enqueue(job, { origin: app.url }));
	await quiet();
}

/** The lines of a table that was downloaded, as cells. */
export async function table(path: string, who = 'office'): Promise<string[][]> {
	const { status, bytes } = await file(path, who);
	expect(status, path).toBe(200);
	const lines = new TextDecoder()
		.decode(bytes)
		.replace(/^\uFEFF/, '')
		.trim()
		.split(/\r?\n/);
	return lines.map((line) => line.split(';'));
}
