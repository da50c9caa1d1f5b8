import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { installNotes } from '../../../tests/support/notes.ts';
import { startWorkers } from '../jobs/workers.ts';
import { runtime } from '../runtime.ts';
import { forgetTowns } from '../towns.ts';
import { write } from '../write.ts';
import { compose } from './compose.ts';
import { calendarMessage } from './ics.ts';
import { mailLog, markBounced, noteDelivery, sentMail } from './outbox.ts';
import { queueMail, retryMail, TRIES, type Mail } from './queue.ts';

/** A real mail server on loopback; `refuse` answers the next recipients with an error. */
const received: Email[] = [];
const refuse: { code: number; text: string }[] = [];
const smtp = new SMTPServer({
	disabledCommands: ['AUTH', 'STARTTLS'],
	onRcptTo(_address, _session, callback) {
		const refusal = refuse.shift();
		if (!refusal) return callback();
		callback(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
	},
	onData(stream, _session, callback) {
		const chunks: Buffer[] = [];
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		stream.on(
			'end',
			() => void PostalMime.parse(Buffer.concat(chunks)).then((mail) => (received.push(mail), callback())),
		);
	},
});
await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
const { port } = smtp.server.address() as AddressInfo;

const database = await freshDatabase({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'beirat@elbstadt.example' });
await installNotes(database);
const workers = await startWorkers(1);
afterAll(async () => {
	await workers.stop();
	// Does not wait: pooled connections end with the runtime, after this.
	smtp.close(() => undefined);
});
beforeEach(() => received.splice(0));

const LETTER: Mail = {
	to: { name: 'Zoë Beispiel', address: 'zoe@example.org' },
	locale: 'de',
	subject: 'Einladung zur Sitzung – Grüße',
	text: 'Guten Tag',
	html: '<p>Guten Tag</p>',
};
const queue = (mail: Partial<Mail> = {}) => write(database.ctx(), (tx) => queueMail(tx, { ...LETTER, ...mail }));

/** Waits until the mail has come to rest in a state; the log then. */
async function settled(id: string, state: string) {
	for (;;) {
		const [row] = await database.sql<{ state: string }>('select state from kernel.mail where id = $1', [id]);
		if (row!.state === state) break;
		await pause(10);
	}
	const log = await mailLog(database.ctx());
	return log.find((entry) => entry.id === id)!;
}

test('a mail arrives with both parts, sender, language and headers', async () => {
	const { text, html } = compose([
		{ kind: 'heading', text: 'Einladung' },
		{ kind: 'paragraph', text: 'Wir laden Sie ein & freuen uns.' },
		{ kind: 'facts', facts: [{ label: 'Beginn', value: '17 Uhr' }] },
		{ kind: 'button', label: 'Antworten', href: 'https://elbstadt.example/sitzungen/1?a=1&b=2' },
		{
			kind: 'footer',
			lines: ['Stadt Elbstadt'],
			link: { label: 'Abbestellen', href: 'https://elbstadt.example/abo/1' },
		},
	]);
	const id = await queue({
		text,
		html,
		unsubscribeUrl: 'https://elbstadt.example/abo/1',
		replyTo: 'amt@elbstadt.example',
	});
	expect((await settled(id, 'sent')).deliveries).toMatchObject([{ outcome: 'sent' }]);
	const [mail] = received;
	expect(mail!.subject).toBe('Einladung zur Sitzung – Grüße');
	expect(mail!.from).toMatchObject({ name: 'Elbstadt', address: 'beirat@elbstadt.example' });
	expect(mail!.to).toMatchObject([{ name: 'Zoë Beispiel', address: 'zoe@example.org' }]);
	expect(mail!.replyTo).toMatchObject([{ address: 'amt@elbstadt.example' }]);
	expect(mail!.text).toContain('Antworten:\nhttps://elbstadt.example/sitzungen/1?a=1&b=2');
	expect(mail!.html).toContain('<html lang="de" dir="ltr">');
	expect(mail!.html).toContain('Wir laden Sie ein &amp; freuen uns.');
	const header = (key: string) => mail!.headers.find((found) => found.key === key)?.value;
	expect(header('list-unsubscribe')).toBe('<https://elbstadt.example/abo/1>');
	expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
	expect(header('auto-submitted')).toBe('auto-generated');
	expect(header('content-language')).toBe('de');
	expect(mail!.messageId).toBe(`<${id}@${database.town.id}.mitrat>`);
});

test('right-to-left mails say so', async () => {
	const id = await queue({ locale: 'ar', subject: 'دعوة إلى الجلسة', text: 'مرحبا', html: '<p>مرحبا</p>' });
	await settled(id, 'sent');
	expect(received[0]!.subject).toBe('دعوة إلى الجلسة');
	expect(received[0]!.html).toContain('<html lang="ar" dir="rtl">');
	expect(received[0]!.html).toContain('text-align:right');
	expect(received[0]!.text!.trim()).toBe('مرحبا');
});

test('an invitation carries its calendar entry, and files come along', async () => {
	const content = calendarMessage(
		'REQUEST',
		{
			uid: 'u',
			title: 'Sitzung',
			start: Temporal.ZonedDateTime.from('2026-10-28T17:00[Europe/Berlin]'),
			modifiedAt: Temporal.Now.instant(),
		},
		'Europe/Berlin',
	);
	const file = {
		name: 'Tagesordnung für März.pdf',
		mediaType: 'application/pdf',
		content: new Uint8Array([37, 80, 68, 70]),
	};
	const id = await queue({ calendar: { method: 'REQUEST', content }, attachments: [file] });
	await settled(id, 'sent');
	const { attachments } = received[0]!;
	const calendar = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
	expect(calendar?.method).toBe('REQUEST');
	expect(Buffer.from(calendar!.content as ArrayBuffer).toString()).toContain(
		'DTSTART;TZID=Europe/Berlin:20261028T170000',
	);
	const pdf = attachments.find(({ mimeType }) => mimeType === 'application/pdf');
	expect(pdf?.filename).toBe('Tagesordnung für März.pdf');
	expect(new Uint8Array(pdf!.content as ArrayBuffer)).toEqual(file.content);
});

test('what the other server puts off is tried again', async () => {
	refuse.push({ code: 451, text: 'greylisted, come back later' });
	const id = await queue();
	const deferred = `select 1 from graphile_worker._private_jobs where payload #>> '{data,id}' = $1 and last_error is not null`;
	while (!(await database.sql(deferred, [id])).length) await pause(10);
	expect(received).toEqual([]);
	await database.sql(`update graphile_worker._private_jobs set run_at = now()`);
	const { deliveries } = await settled(id, 'sent');
	expect(deliveries.map(({ outcome }) => outcome)).toEqual(['deferred', 'sent']);
	expect(deliveries[0]!.response).toContain('greylisted');
	expect(received).toHaveLength(1);
});

test('after the last try a mail counts as failed, and can be queued again', async () => {
	refuse.push({ code: 451, text: 'still greylisted' });
	const id = await write(database.ctx(), async (tx) => {
		const queued = await queueMail(tx, LETTER);
		for (let n = 1; n < TRIES; n++) await noteDelivery(tx, queued, 'deferred', 'before');
		return queued;
	});
	expect((await settled(id, 'failed')).deliveries).toHaveLength(TRIES);
	await write(database.ctx(), (tx) => retryMail(tx, id));
	await settled(id, 'sent');
});

test('a mailbox that does not exist is not tried again', async () => {
	refuse.push({ code: 550, text: 'no such user' });
	const id = await queue();
	expect((await settled(id, 'bounced')).deliveries).toMatchObject([
		{ outcome: 'bounced', response: expect.stringContaining('no such user') },
	]);
});

test('a report that comes later marks the mail, in its own town only', async () => {
	const id = await queue();
	await settled(id, 'sent');
	const messageId = received[0]!.messageId!;
	const other = await database.addTown('Nebenstadt');
	expect(await write(database.ctx(undefined, other), (tx) => markBounced(tx, messageId, '5.1.1'))).toBe(false);
	expect(await write(database.ctx(), (tx) => markBounced(tx, messageId, '5.1.1'))).toBe(true);
	await settled(id, 'bounced');
});

test('a mail of a write that failed is never sent', async () => {
	const failing = write(database.ctx(), async (tx) => {
		await queueMail(tx, LETTER);
		throw new Error('no');
	});
	await expect(failing).rejects.toThrow('no');
	const next = await queue({ subject: 'the next one' });
	await settled(next, 'sent');
	expect(received.map(({ subject }) => subject)).toEqual(['the next one']);
});

test('nobody smuggles headers or addresses', async () => {
	await expect(queue({ to: 'a@example.org, b@example.org' })).rejects.toThrow('address');
	await expect(queue({ to: 'a@example.org\r\nBcc: b@example.org' })).rejects.toThrow('address');
	const id = await queue({ subject: 'Hallo\r\nBcc: b@example.org' });
	await settled(id, 'sent');
	expect(received[0]!.bcc).toBeUndefined();
	expect(() => compose([{ kind: 'button', label: 'x', href: 'javascript:alert(1)' }])).toThrow();
});

test('in the demonstration mails are kept and shown, never sent', async () => {
	await database.sql('update kernel.town set demonstration = true where id = $1', [database.town.id]);
	forgetTowns();
	const id = await queue({ to: 'demo@example.org', html: '<p>Ihr Link</p>' });
	await settled(id, 'kept');
	expect(received).toEqual([]);
	expect(await sentMail(database.ctx(), { to: 'DEMO@example.org' })).toMatchObject([
		{ id, html: '<p>Ihr Link</p>', state: 'kept' },
	]);
	runtime().config.mode = 'production';
	await expect(sentMail(database.ctx())).rejects.toThrow('not found');
});
