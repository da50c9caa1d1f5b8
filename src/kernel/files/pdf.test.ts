import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { extractText } from './extract.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { readPdf } from './pdf.ts';
import { samplePdf } from './sample-pdf.ts';

const read = async (source: string) => (await readPdf(samplePdf(source), DEFAULT_LIMITS)).join('\f');
const words = 'Der Beirat berät die Angebote für Familien und Vereine in der Stadt und bittet um mehr Räume.'.split(
	' ',
);
const prose = (start: number, length: number) =>
	Array.from({ length }, (_, index) => words[(start + index * 7) % words.length]).join(' ');

describe('drawn tables', () => {
	it('become rows, with empty cells and lines within cells', async () => {
		const source = `#table(columns: (3cm, 6cm, auto), [Gruppe], [Name], [Teilnahme], [A], [Ada Nord \\ für Ben Süd], [ja], [B], [Cem Ost], [], [C], [Dora West mit einem sehr langen Namen am Fluss], [entschuldigt])`;
		expect(await read(source)).toBe(
			'Gruppe\tName\tTeilnahme\nA\tAda Nord\u2028für Ben Süd\tja\nB\tCem Ost\t\nC\tDora West mit einem sehr langen\u2028Namen am Fluss\tentschuldigt',
		);
	});

	it('keep their columns under merged cells', async () => {
		const source = `#table(columns: 4, table.cell(colspan: 2)[Kopf A], [B], [C], table.cell(rowspan: 2)[Gruppe], [eins], [ja], [nein], [zwei], [], [x], [Ende], table.cell(colspan: 3)[über drei])`;
		expect(await read(source)).toBe('Kopf A\t\tB\tC\nGruppe\teins\tja\tnein\n\tzwei\t\tx\nEnde\tüber drei\t\t');
	});

	it('may have lines between rows only', async () => {
		const source = `#table(columns: (4cm, 5cm, 3cm), stroke: (x: none, y: 0.5pt), [Amt für Vielfalt und Zusammenleben], [Ada Nord], [ja], [Dezernat], [Cem Ost \\ Dora West], [], [Bund], [Emil Süd], [ja])`;
		expect(await read(source)).toBe(
			'Amt für Vielfalt und\u2028Zusammenleben\tAda Nord\tja\nDezernat\tCem Ost\u2028Dora West\t\nBund\tEmil Süd\tja',
		);
	});

	it('are no frames around text', async () => {
		expect(await read('#rect(width: 100%)[Beschluss \\ Der Antrag wird angenommen.]')).toBe(
			'Beschluss\nDer Antrag wird angenommen.',
		);
	});
});

describe('tables without lines', () => {
	it('are found by their columns', async () => {
		const source = `Anwesend:\n\n#table(columns: (6cm, 3cm), stroke: none, inset: (x: 0pt, y: 2pt), [Ada Nord], [ja], [Cem Ost], [], [Emil Süd], [entschuldigt], [Fina Vorn], [ja])\n\nDer Vorsitz eröffnet die Sitzung um 17:00 Uhr und stellt die Beschlussfähigkeit fest.`;
		expect(await read(source)).toBe(
			'Anwesend:\n\nAda Nord\tja\nCem Ost\t\nEmil Süd\tentschuldigt\nFina Vorn\tja\n\nDer Vorsitz eröffnet die Sitzung um 17:00 Uhr und stellt die Beschlussfähigkeit fest.',
		);
	});

	it('join the lines of a cell when rows stand further apart', async () => {
		const source = `#table(columns: (4cm, 6cm, 3cm), stroke: none, [Stelle], [Name], [Da], [Amt für Vielfalt und Zusammenleben der Stadt], [Ada Nord], [ja], [Dezernat], [Cem Ost], [], [Bund], [Emil Süd], [ja])`;
		expect(await read(source)).toBe(
			'Stelle\tName\tDa\nAmt für Vielfalt und\u2028Zusammenleben der\u2028Stadt\tAda Nord\tja\nDezernat\tCem Ost\t\nBund\tEmil Süd\tja',
		);
	});

	it('are not seen in lists with hanging numbers', async () => {
		expect(await read('+ Eröffnung\n+ Bericht\n+ Verschiedenes\n\n- Stühle\n- Tische')).toBe(
			'1. Eröffnung\n2. Bericht\n3. Verschiedenes\n\n• Stühle\n• Tische',
		);
	});

	it('are not seen in justified prose', async () => {
		const text = await read(`#set par(justify: true)\n#box(width: 5cm)[${prose(0, 120)}]`);
		expect(text).not.toContain('\t');
		expect(text.replaceAll('\n', ' ')).toBe(prose(0, 120));
	});
});

describe('columns', () => {
	const flowing = (text: string) => text.replace(/\s+/g, ' ');

	it('are read one after the other, between what spans them', async () => {
		const [one, two, three] = [prose(0, 90), prose(3, 80), prose(5, 90)];
		const source = `= Bericht über das Jahr der Beteiligung in der ganzen Stadt am Fluss\n#columns(2)[#set par(justify: true)\n== Erstens\n${one}\n\n${two}\n#colbreak()\n== Zweitens\n${three}]\nDer Vorsitz der Versammlung und die Schriftführung haben diesen Bericht gemeinsam unterschrieben.`;
		expect(flowing(await read(source))).toBe(
			`Bericht über das Jahr der Beteiligung in der ganzen Stadt am Fluss Erstens ${one} ${two} Zweitens ${three} Der Vorsitz der Versammlung und die Schriftführung haben diesen Bericht gemeinsam unterschrieben.`,
		);
	});

	it('may be three', async () => {
		const columns = [prose(0, 100), prose(3, 110), prose(5, 100)];
		const source = `#set text(size: 8pt)\n#columns(3)[${columns.join('\n#colbreak()\n')}]`;
		expect(flowing(await read(source))).toBe(columns.join(' '));
	});

	it('of short bulleted lists are read one after the other', async () => {
		const source = `#columns(2)[== Feld 1\n- Räume\n- Kurse\n- Feste\n- Kochen\n#colbreak()\n== Feld 2\n- Beratung\n- Lotsen\n- Geld\n- Zeit]`;
		expect(flowing(await read(source))).toBe(
			'Feld 1 • Räume • Kurse • Feste • Kochen Feld 2 • Beratung • Lotsen • Geld • Zeit',
		);
	});

	it('are no table: a block at the side is read as a whole', async () => {
		const source = `#place(dx: 11cm)[#set par(leading: 0.3em)\nStadt Flusshausen \\ Amt für Vielfalt \\ Am Markt 1 \\ Zimmer 12 \\ Telefon 12345]\n#v(2pt)#text(size: 18pt)[Einladung]`;
		const text = await read(source);
		expect(text).toContain('Stadt Flusshausen\nAmt für Vielfalt\nAm Markt 1\nZimmer 12\nTelefon 12345');
		expect(text).toContain('Einladung');
	});
});

describe('text', () => {
	it('has its paragraphs', async () => {
		expect(await read('Ort: Rathaus \\ Beginn: 17 Uhr\n\nDer Vorsitz eröffnet.')).toBe(
			'Ort: Rathaus\nBeginn: 17 Uhr\n\nDer Vorsitz eröffnet.',
		);
	});

	it('stands upright; turned text is left out', async () => {
		expect(
			await read('#place(rotate(-45deg)[ENTWURF])#place(dx: 5cm, dy: 5cm, rotate(90deg, reflow: true)[Rand]) Der Text'),
		).toBe('Der Text');
		expect(await read('#set page(flipped: true)\nQuer')).toBe('Quer');
	});

	it('on pages that lie on their side is read upright', async () => {
		const content =
			'BT /F 10 Tf 0 1 -1 0 100 50 Tm (Quer gelegt) Tj ET BT /F 10 Tf 0 1 -1 0 112 50 Tm (zweite Zeile) Tj ET';
		expect(await readPdf(courier(content, '/Rotate 90'), DEFAULT_LIMITS)).toEqual(['Quer gelegt\nzweite Zeile']);
	});

	it('of typewriter pages keeps columns made of spaces', async () => {
		const content =
			'BT /F 10 Tf 50 700 Td (Name            Da) Tj 0 -12 Td (Ada Nord        ja) Tj 0 -12 Td (Ben Ost         nein) Tj ET';
		expect(await readPdf(courier(content), DEFAULT_LIMITS)).toEqual(['Name\tDa\nAda Nord\tja\nBen Ost\tnein']);
	});

	it('under a scan, invisible, is read', async () => {
		expect(await readPdf(courier('BT /F 10 Tf 3 Tr 50 700 Td (erkannt) Tj ET'), DEFAULT_LIMITS)).toEqual(['erkannt']);
	});

	it('printed twice for boldness is read once', async () => {
		expect(await read('#place(dx: 0.2pt)[Niederschrift]Niederschrift')).toBe('Niederschrift');
	});

	it('has ligatures taken apart, spaced letters joined, raised figures in their line', async () => {
		expect(await read('finden, Pfiff')).toBe('finden, Pfiff');
		expect(await read('#text(tracking: 3pt)[Niederschrift] und mehr')).toBe('Niederschrift und mehr');
		expect(await read('Ein Saal von 100 m#super[2] Fläche')).toBe('Ein Saal von 100 m2 Fläche');
	});

	it('keeps hyphens at line ends and hides soft ones within', async () => {
		const text = await read(
			'#set text(hyphenate: true)\n#box(width: 4cm)[Informationsveranstaltung zur Staatsangehörigkeit der Fami#sym.hyph.soft;lie]',
		);
		expect(text.replace(/-\n/g, '')).toContain('Informationsveranstaltung');
		expect(text).toMatch(/\p{L}-\n\p{L}/u);
		expect(text).toContain('Familie');
		expect(text).not.toContain('\u00AD');
	});

	it('from right to left keeps its order, with figures and Latin names', async () => {
		const source =
			'#set text(font: "Vazirmatn", lang: "ar", dir: rtl)\nمحضر الجلسة رقم 12 في 7 مارس 2031\n\nالحضور: Ada Nord و Cem Ost';
		expect(await read(source)).toBe('محضر الجلسة رقم 12 في 7 مارس 2031\n\nالحضور: Ada Nord و Cem Ost');
	});
});

describe('pages', () => {
	it('have their ranges; headers and footers stay at their place; empty pages are told', async () => {
		const bytes = samplePdf(
			'#set page(height: 6cm)\neins #pagebreak() #set page(footer: [Seite 2])\nzwei #pagebreak() #set page(footer: none)\n#pagebreak(weak: false)',
		);
		const { text, pages, warnings } = await extractText(bytes, 'a.pdf');
		expect(pages.slice(0, 2).map(({ start, end }) => text.slice(start, end))).toEqual(['eins', 'zwei\n\nSeite 2']);
		expect(text.split('\n\f\n')).toHaveLength(pages.length);
		expect(warnings).toContainEqual({ code: 'page-without-text', params: { page: 3 } });
	});

	it('may not be too many', async () => {
		await expect(extractText(samplePdf('a #pagebreak() b'), 'a.pdf', { pages: 1 })).rejects.toMatchObject({
			code: 'too-many-pages',
			params: { pages: 2, limit: 1 },
		});
	});
});

describe('files without text', () => {
	it('are scans when they show something', async () => {
		await expect(read('#rect(width: 5cm, height: 2cm, fill: gray)')).rejects.toMatchObject({
			code: 'scan-without-text',
		});
		await expect(readPdf(scan(), DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'scan-without-text' });
	});

	it('are empty when they show nothing', async () => {
		await expect(read('')).rejects.toMatchObject({ code: 'empty' });
	});

	it('are encrypted when they need a password', async () => {
		await expect(readPdf(encrypted(), DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'encrypted' });
	});
});

/** A page with nothing but a picture of 2000 by 2000 grey dots. */
function scan(): Uint8Array {
	const picture = deflateSync(Buffer.alloc(2000 * 2000, 0x80)).toString('latin1');
	const content = 'q 595 0 0 842 0 0 cm /P Do Q';
	return rawPdf([
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>',
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		`<< /Type /XObject /Subtype /Image /Width 2000 /Height 2000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Length ${picture.length} >>\nstream\n${picture}\nendstream`,
	]);
}

/** A file whose password is anything but empty: the stored checks fit no key. */
function encrypted(): Uint8Array {
	const check = 'ab'.repeat(32);
	return rawPdf(
		[
			'<< /Type /Catalog /Pages 2 0 R >>',
			'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
			'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
			`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${check}> /U <${check}> >>`,
		],
		'/Encrypt 4 0 R /ID [<00><00>]',
	);
}

/** A page of drawing operations; `/F` is Courier. */
function courier(content: string, page = ''): Uint8Array {
	const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>';
	return rawPdf([
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page} /Contents 4 0 R /Resources << /Font << /F ${font} >> >> >>`,
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
	]);
}

function rawPdf(objects: string[], trailer = ''): Uint8Array {
	let file = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const at = file.length;
		file += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return at;
	});
	const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
	const start = file.length;
	file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF`;
	return new Uint8Array(Buffer.from(file, 'latin1'));
}
