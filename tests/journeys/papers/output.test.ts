import { expect, test } from 'vitest';
import { hasPoppler, metaOf, structure, wordsByPdfJs } from '../../../src/kernel/documents/inspect.fixture.ts';
import { extractText } from '../../../src/kernel/files/extract.ts';
import { DEFAULT_LIMITS } from '../../../src/kernel/files/limits.ts';
import { openZip } from '../../../src/kernel/files/zip.ts';
import { startApp } from '../../support/app.ts';

/** A paper as PDF, Word and OpenDocument, read back with programs that are not ours. */
const app = await startApp({ demonstration: true, workers: 0 });
const { url, database } = app;
const [paper] = await database.sql<{ id: string; slug: string; reference: string }>(
	`select id, slug, reference from papers.paper where title = 'Dolmetschen im Bürgerbüro'`,
);
const path = (format: string, language = '') => `${language}/vorlagen/${paper!.slug}/vorlage.${format}`;
const file = async (address: string, cookie?: string) => {
	const answer = await fetch(url + address, { headers: cookie ? { cookie } : {} });
	return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
};

test('a paper as an accessible PDF: number, who brought it in, what is to be decided apart from the reasons', async () => {
	const { status, headers, bytes } = await file(path('pdf'));
	expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
	expect(headers.get('content-disposition')).toContain(paper!.reference.replace('/', '-'));
	const words = (await wordsByPdfJs(bytes)).join(' ');
	expect(words).toContain(`Antrag ${paper!.reference}`);
	expect(words).toContain('Fraktion Grüne Elbe, Fraktion Linkes Ufer');
	expect(words.indexOf('Wortlaut')).toBeLessThan(words.indexOf('an drei Tagen je Woche vor Ort gedolmetscht'));
	expect(words.indexOf('an drei Tagen')).toBeLessThan(words.indexOf('Begründung'));
	expect(words.indexOf('Begründung')).toBeLessThan(words.indexOf('Fast jedes vierte Gespräch'));
	expect(words).toContain(`/vorlagen/${paper!.slug}`);
	expect(words).toContain('Weg durch die Gremien');
	expect(await metaOf(bytes)).toMatchObject({ Title: `Antrag ${paper!.reference}: Dolmetschen im Bürgerbüro` });
	expect(Buffer.from(bytes).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
});

test.runIf(hasPoppler)('its tags are a document with headings and lists', async () => {
	const tags = structure((await file(path('pdf'))).bytes);
	expect(tags).toEqual(expect.arrayContaining(['Document', 'H1', 'H2', 'L']));
});

test('in Arabic the frame is Arabic, the official text German', async () => {
	const { bytes } = await file(path('pdf', '/ar'));
	const words = (await wordsByPdfJs(bytes)).join(' ');
	expect(words).toContain('Der Stadtrat möge beschließen');
	expect(words).not.toContain('Begründung');
	expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/Lang\s*\(ar/);
});

test('Word and OpenDocument carry the same text with real headings', async () => {
	const docx = await file(path('docx'));
	expect(docx.headers.get('content-disposition')).toContain('attachment');
	const odt = await file(path('odt'));
	const word = String(await (await openZip(docx.bytes, DEFAULT_LIMITS)).read('word/document.xml'));
	const open = String(await (await openZip(odt.bytes, DEFAULT_LIMITS)).read('content.xml'));
	for (const [bytes, name] of [
		[docx.bytes, 'a.docx'],
		[odt.bytes, 'a.odt'],
	] as const) {
		const { text } = await extractText(bytes, name);
		expect(text).toContain('Dolmetschen im Bürgerbüro');
		expect(text).toContain('Fast jedes vierte Gespräch');
		expect(text).toContain(paper!.reference);
	}
	expect(word).toMatch(/w:pStyle w:val="Heading1"/);
	expect(open).toContain('text:outline-level="1"');
	// The file answers for the page: it is named there.
	const page = await (await fetch(`${url}/vorlagen/${paper!.slug}`)).text();
	for (const format of ['pdf', 'odt', 'docx']) expect(page).toContain(`href="${path(format)}"`);
});

test('a file tells nobody more than the page: closed stations, closed annexes and closed papers stay inside', async () => {
	const { sql } = database;
	const office = await app.signIn('office');
	const body = `(select body_id from papers.paper where id = '${paper!.id}')`;
	const [committee] = await sql<{ id: string }>(
		`select id from registry.organisation where organisation_type = 'committee' limit 1`,
	);
	const station = async (id: string, step: number, open: boolean) => {
		await sql(
			`insert into papers.consultation (body_id, id, paper_id, step, role, public, planned_on)
			 values (${body}, $1, $2, $3, 'advisory', $4, $5)`,
			[id, paper!.id, step, open, open ? '2029-03-01' : '2029-02-01'],
		);
		await sql(
			`insert into papers.consultation_body (body_id, consultation_id, organisation_id) values (${body}, $1, $2)`,
			[id, committee!.id],
		);
	};
	await station('00000000-0000-7000-8000-000000000001', 91, true);
	await station('00000000-0000-7000-8000-000000000002', 90, false);
	await sql(
		`insert into kernel.file (body_id, id, sha512, size, media_type, format, name) values (${body},
		 '00000000-0000-7000-8000-000000000003', 'x', 1, 'application/pdf', 'pdf', 'x.pdf')`,
	);
	await sql(
		`insert into papers.paper_file (body_id, id, paper_id, file_id, title, public) values (${body},
		 '00000000-0000-7000-8000-000000000004', $1, '00000000-0000-7000-8000-000000000003', 'Angebote der Bewerber', false)`,
		[paper!.id],
	);
	const language = '/en';
	const stranger = (await wordsByPdfJs((await file(path('pdf', language))).bytes)).join(' ');
	expect(stranger).toContain('1 March 2029');
	expect(stranger).not.toContain('1 February 2029');
	expect(stranger).not.toContain('Angebote');
	expect(stranger).toContain('annex that is not public');
	const inside = (await wordsByPdfJs((await file(path('pdf', language), office)).bytes)).join(' ');
	expect(inside).toContain('1 February 2029');
	expect(inside).toContain('Angebote der Bewerber');
	const { text } = await extractText((await file(path('docx'))).bytes, 'a.docx');
	expect(text).not.toContain('Angebote');
	await sql(`update papers.paper set public = false, closed_reason = 'Probe' where id = $1`, [paper!.id]);
	for (const format of ['pdf', 'odt', 'docx']) expect((await file(path(format, '/fr'))).status).toBe(404);
	expect((await file(path('pdf', '/fr'), office)).status).toBe(200);
});
