import { expect, test } from 'vitest';
import { NotFound } from '#kernel/errors.ts';
import { extractText } from '#kernel/files/extract.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { demonstrationTown, OPERATOR, VISITOR } from '../demo/town.fixture.ts';
import { meetingRows } from '../queries/meetings.server.ts';
import { agendaPdf } from './render.server.ts';

const ORIGIN = 'https://beirat.elbstadt.example';
const demo = await demonstrationTown();
const [last] = await demo.as(VISITOR, (ctx) => meetingRows(ctx, { when: 'past' }));
const [coming] = await demo.as(VISITOR, (ctx) => meetingRows(ctx, { when: 'coming' }));

const agenda = (locale: Locale = 'de', slug = coming!.slug) =>
	demo.as(VISITOR, (ctx) => agendaPdf(ctx, slug, ORIGIN), locale);

async function text(pdf: Uint8Array): Promise<string> {
	return (await extractText(pdf, 'a.pdf')).text.replace(/\s+/g, ' ');
}

test('the agenda is an accessible file that tells what the page tells, and no results', async () => {
	const pdf = await agenda();
	expect(Buffer.from(pdf).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
	const said = await text(pdf);
	expect(said).toContain('Arbeitsplan für das kommende Jahr');
	expect(said).toContain('Die Sitzung ist öffentlich.');
	expect(said).toContain(`${ORIGIN}/sitzungen/${coming!.slug}`);
	expect(await text(await agenda('de', last!.slug))).not.toContain('Geändert empfohlen');
});

test('every language has its own file, with the German of the record marked as German', async () => {
	const [german, arabic] = [await agenda(), await agenda('ar')];
	expect(Buffer.from(arabic).equals(Buffer.from(german))).toBe(false);
	const said = await text(arabic);
	expect(said).toContain('Arbeitsplan für das kommende Jahr');
	expect(said).toContain(`${ORIGIN}/ar/sitzungen/${coming!.slug}`);
	expect(Buffer.from(arabic).toString('latin1')).toMatch(/\/Lang\s*\(ar/);
	for (const locale of ['fa', 'zh', 'vi', 'uk', 'tr', 'de-simple'] as const)
		expect((await agenda(locale)).length).toBeGreaterThan(10_000);
});

test('the same agenda gives the same bytes', async () => {
	expect(await agenda()).toEqual(await agenda());
});

test('what only members may read says so on every page', async () => {
	const inside = await demo.as(OPERATOR, (ctx) => agendaPdf(ctx, last!.slug, ORIGIN));
	expect(await text(inside)).toContain('Nur für Mitglieder');
	expect(await text(await agenda())).not.toContain('Nur für Mitglieder');
});

test('an old record has no agenda of its own', async () => {
	await demo.database.sql("update council.meeting set state = 'takenOver' where slug = $1", [last!.slug]);
	await expect(agenda('de', last!.slug)).rejects.toThrow(NotFound);
});
