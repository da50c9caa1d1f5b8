import { expect, test } from 'vitest';
import * as m from '#messages';
import { NotFound } from '#kernel/errors.ts';
import { extractText } from '#kernel/files/extract.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { demonstrationTown, OPERATOR, VISITOR } from '../demo/town.fixture.ts';
import { meetingRows } from '../queries/meetings.server.ts';
import { agendaPdf, minutesPdf } from './render.server.ts';

const ORIGIN = 'https://beirat.elbstadt.example';
const demo = await demonstrationTown();
const [last] = await demo.as(VISITOR, (ctx) => meetingRows(ctx, { when: 'past' }));
const [coming] = await demo.as(VISITOR, (ctx) => meetingRows(ctx, { when: 'coming' }));

const minutes = (locale: Locale = 'de', slug = last!.slug) =>
	demo.as(VISITOR, (ctx) => minutesPdf(ctx, slug, ORIGIN), locale);

async function text(pdf: Uint8Array): Promise<string> {
	return (await extractText(pdf, 'a.pdf')).text.replace(/\s+/g, ' ');
}

test('minutes tell what the page tells: people, the sum, results, wording, tasks', async () => {
	const pdf = await minutes();
	const said = await text(pdf);
	expect(Buffer.from(pdf).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
	for (const words of [
		'7. öffentliche Sitzung',
		'unterzeichnet am',
		'vertreten durch Petra Lüdersen',
		'Beschlussfähig: 9 von 15 anwesend, nötig sind 8',
		'Anwesende Vertretungen',
		'Geändert empfohlen',
		'6 Ja, 1 Nein, 2 Enthaltungen',
		'an allen Öffnungstagen Dolmetschen am Telefon anzubieten',
		'Bürgeramt: Kosten für beide Angebote getrennt vorlegen',
		'A0142/26',
		'Vertagt, auf die nächste Sitzung',
		'Ausländerbehörde',
		`${ORIGIN}/sitzungen/${last!.slug}`,
	])
		expect(said).toContain(words);
	expect(said).not.toContain('Entwurf');
});

test('every language has its own file, with the German of the record marked as German', async () => {
	const german = await minutes();
	const arabic = await minutes('ar');
	expect(Buffer.from(arabic).equals(Buffer.from(german))).toBe(false);
	expect(await text(arabic)).toContain('Dolmetschen im Bürgerbüro');
	expect(await text(await minutes('en'))).toContain(m.council_pdf_signed_counts({}, { locale: 'en' }));
	expect(await text(arabic)).toContain(`${ORIGIN}/ar/sitzungen/${last!.slug}`);
	const raw = Buffer.from(arabic).toString('latin1');
	expect(raw).toMatch(/\/Lang\s*\(ar/);
	for (const locale of ['fa', 'zh', 'vi', 'uk', 'tr', 'de-simple'] as const)
		expect((await minutes(locale)).length).toBeGreaterThan(10_000);
});

test('the same record gives the same bytes', async () => {
	expect(await minutes()).toEqual(await minutes());
});

test('unsigned minutes are a draft and say so; those taken over point to the original', async () => {
	const { sql } = demo.database;
	await sql("update council.meeting set state = 'held', minutes_signed_on = null where slug = $1", [last!.slug]);
	expect(await text(await minutes())).toContain(
		'Dies ist ein Entwurf. Die Niederschrift ist noch nicht unterzeichnet.',
	);
	await sql("update council.meeting set state = 'takenOver' where slug = $1", [last!.slug]);
	await sql(
		"update council.attendance a set seat_id = null, grouping = 'Stimmberechtigte Mitglieder' from council.meeting m where m.id = a.meeting_id and m.slug = $1 and a.voting",
		[last!.slug],
	);
	const old = await text(await minutes());
	expect(old).toContain('Aus alten Unterlagen übernommen. Es gilt das beigefügte Original.');
	expect(old).not.toContain('Entwurf');
	expect(old).toContain('Stimmberechtigte Mitglieder');
	expect(old).toContain('vertreten durch Petra Lüdersen');
	await sql("update council.meeting set state = 'minutesSigned' where slug = $1", [last!.slug]);
});

test('a coming session has an agenda without results and no minutes', async () => {
	await expect(minutes('de', coming!.slug)).rejects.toThrow(NotFound);
	const said = await text(await demo.as(VISITOR, (ctx) => agendaPdf(ctx, coming!.slug, ORIGIN)));
	expect(said).toContain('Arbeitsplan für das kommende Jahr');
	expect(said).toContain('Die Sitzung ist öffentlich.');
	const past = await text(await demo.as(VISITOR, (ctx) => agendaPdf(ctx, last!.slug, ORIGIN)));
	expect(past).not.toContain('Geändert empfohlen');
});

test('what only members may read says so on every page', async () => {
	const inside = await demo.as(OPERATOR, (ctx) => minutesPdf(ctx, last!.slug, ORIGIN));
	expect(await text(inside)).toContain('Nur für Mitglieder');
	expect(await text(await minutes())).not.toContain('Nur für Mitglieder');
});
