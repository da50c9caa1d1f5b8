/** How long the minutes of a long session take to be set as PDF/UA, from their content to the file. */
import { renderPdf } from '#kernel/documents/render.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { extractText } from '#kernel/files/extract.ts';
import { buildContent } from '../../src/modules/(council)/minutes/rules/build.ts';
import { pdfData } from '../../src/modules/(council)/minutes/output/pdf-data.ts';
import { sourceOf } from '../../src/modules/(council)/minutes/sample-source.ts';
import { wordsFor } from '../../src/modules/(council)/pdf/phrases.ts';
import { percentile, type Row } from './figures.ts';

const RUNS = 15;

export async function benchMinutes(): Promise<Row[]> {
	const { data, options } = longMinutes();
	// The first one starts the process that sets and loads its fonts.
	const first = await renderPdf('minutes', data(0), options);
	const times: number[] = [];
	for (let run = 1; run <= RUNS; run++) {
		const begun = performance.now();
		await renderPdf('minutes', data(run), options);
		times.push(performance.now() - begun);
	}
	times.sort((a, b) => a - b);
	const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
	const { pages } = await extractText(first, 'minutes.pdf');
	const what = `minutes of ${pages.length} pages as PDF/UA`;
	return [{ subject: 'minutes', what, value: p50, unit: 'ms', target: { most: 300 }, p50, p95 }];
}

/** Forty items of three paragraphs; the title differs each time, so that nothing is answered from memory. */
function longMinutes() {
	const source = sourceOf('results');
	const sentence = 'Die Verwaltung berichtet über den Stand der Umsetzung und beantwortet die Fragen der Mitglieder. ';
	const text = normalise({
		blocks: Array.from({ length: 3 }, (_, at) => ({
			kind: 'paragraph' as const,
			content: [{ text: `${at + 1}. ${sentence.repeat(8)}` }],
		})),
	});
	const [model] = source.meeting.items;
	source.meeting.items = Array.from({ length: 40 }, (_, at) => ({
		...model!,
		id: `i${at}`,
		number: String(at + 1),
		kind: 'topic',
		title: `Punkt ${at + 1}`,
		text,
	}));
	const content = buildContent(source);
	const words = wordsFor({ locale: 'de', timeZone: 'Europe/Berlin' });
	const town = {
		id: '',
		name: 'Elbstadt',
		shortName: 'Elbstadt',
		ags: null,
		timeZone: 'Europe/Berlin',
		hosts: [],
		demonstration: false,
		settings: {},
	};
	const imprint = {
		town,
		draft: false,
		standing: '',
		signatures: [],
		footnote: '',
		address: 'https://elbstadt.example',
	};
	const data = (run: number) => pdfData({ ...content, title: `${content.title} ${run}` }, imprint, words);
	const options = {
		locale: 'de',
		title: 'Bench',
		author: 'Elbstadt',
		standard: 'ua-1' as const,
		date: Temporal.PlainDate.from('2026-10-28'),
	};
	return { data, options };
}
