import * as m from '#messages';
import type { TemplateData } from '#kernel/documents/render.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { languageTag, type Locale } from '#kernel/i18n/locales.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { DraftBlock, TextDocument } from '#kernel/text/schema.ts';
import type { Town } from '#kernel/town.ts';
import type { PaperContent } from './content.server.ts';
import { stationWords } from './station-words.ts';

type Report = TemplateData<'report'>;
type Section = Report['sections'][number];
type Phrase = Report['heading'];

/** Official text is German whatever the frame around it speaks, and says so to screen readers. */
const GERMAN = { tag: 'de', dir: 'ltr' } as const;

export interface Frame {
	town: Town;
	locale: Locale;
	/** Address of the paper's page. */
	address: string;
}

/** A paper for the typesetter: the German text in a frame of the reader's language. */
export function pdfData(paper: PaperContent, { town, locale, address }: Frame): Report {
	const foreign = languageTag(locale) !== 'de';
	const german = (text: string): Phrase => (foreign ? { text, lang: GERMAN } : text);
	const text = (document: TextDocument): TextDocument =>
		foreign
			? { ...document, blocks: document.blocks.map((block) => (block.lang ? block : { ...block, lang: GERMAN })) }
			: document;
	const accent = town.settings.accent?.light;
	const draft = paper.state === 'draft';
	const version = paper.version
		? m.papers_output_version({
				number: paper.version.number,
				date: formatDay(paper.version.fixedOn, 'long', locale),
			})
		: '';
	return {
		letterhead: {
			town: german(town.name),
			...(accent && /^#[0-9a-f]{6}$/i.test(accent) ? { accent } : {}),
		},
		pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
		...(draft ? { watermark: m.council_pdf_draft().slice(0, 30) } : {}),
		...(paper.public ? (version ? { footnote: version } : {}) : { footnote: m.council_pdf_internal() }),
		kind: german([paper.type, paper.reference].filter(Boolean).join(' ')),
		heading: german(paper.title),
		...(paper.longTitle ? { subtitle: german(paper.longTitle) } : {}),
		...(draft ? { lead: m.papers_output_draft() } : {}),
		facts: factsOf(paper, locale, address, german),
		sections: sectionsOf(paper, locale, german, text),
	};
}

function factsOf(paper: PaperContent, locale: Locale, address: string, german: (text: string) => Phrase) {
	const day = (iso: string) => formatDay(iso, 'long', locale);
	const signed = [paper.signatoryName, paper.signatoryFunction].filter(Boolean).join(', ');
	const fact = (term: string, detail: Phrase | '' | null) => (detail ? [{ term, detail }] : []);
	const official = (term: string, detail: string | null) => (detail ? [{ term, detail: german(detail) }] : []);
	return [
		...fact(m.council_pdf_state(), paper.state === 'withdrawn' ? m.papers_output_withdrawn() : ''),
		...(paper.public ? [] : fact(m.papers_output_closed(), german(paper.closedReason || '–'))),
		...fact(m.papers_filed_on(), paper.date && paper.state !== 'draft' ? day(paper.date) : ''),
		...official(m.papers_originators(), paper.originators.join(', ')),
		...official(m.papers_output_supporters(), paper.supporters.join(', ')),
		...official(m.papers_output_addressee(), paper.addressee),
		...official(m.papers_department(), paper.department),
		...official(m.papers_districts(), paper.districts.join(', ')),
		...official(m.papers_output_refers(), paper.refersTo.join(', ')),
		...fact(m.papers_output_data_day(), paper.dataDate ? day(paper.dataDate) : ''),
		...fact(m.papers_output_report_by(), paper.reportBy ? day(paper.reportBy) : ''),
		...official(m.papers_costs(), paper.costs),
		...official(m.papers_output_signed(), signed),
		...fact(m.papers_output_signed_on(), signed && paper.signedOn ? day(paper.signedOn) : ''),
		...(paper.state === 'draft' ? [] : fact(m.council_pdf_online(), address)),
	];
}

function sectionsOf(
	paper: PaperContent,
	locale: Locale,
	german: (text: string) => Phrase,
	text: (document: TextDocument) => TextDocument,
): Section[] {
	const written = (heading: string, document: TextDocument): Section[] =>
		document.blocks.length ? [{ heading, text: text(document) }] : [];
	const rows = paper.stations.map((station) => {
		const { bodies, on, said } = stationWords(station, locale);
		return [bodies ? german(bodies) : m.papers_output_approval(), on || '–', said];
	});
	const columns = [
		{ label: m.papers_output_body(), share: 4 },
		{ label: m.papers_output_day(), share: 3 },
		{ label: m.papers_output_said(), share: 3 },
	];
	return [
		...written(m.papers_wording(), PROPOSES.includes(paper.code) ? apart(paper.operative) : paper.operative),
		...written(m.papers_output_reasons(), paper.reasons),
		...(rows.length ? [{ heading: m.papers_output_way(), table: { columns, rows } }] : []),
		...(paper.annexes.length
			? [
					{
						heading: m.papers_output_annexes(),
						facts: paper.annexes.map(({ title, closed }, at) => ({
							term: String(at + 1),
							detail: title ? german(title) : closed ? m.papers_output_annex_closed() : '–',
						})),
					},
				]
			: []),
	];
}

/** Types whose text is voted on. */
const PROPOSES = ['motion', 'resolutionProposal', 'amendment', 'recommendation'];

/** What is voted on stands apart from all other words (rulebook R3-11), as far as it is paragraphs and lists. */
function apart(operative: TextDocument): TextDocument {
	const plain = operative.blocks.filter((block) => block.kind === 'paragraph' || block.kind === 'list');
	if (!plain.length || plain.length < operative.blocks.length) return operative;
	const wording: DraftBlock = { kind: 'wording', role: 'operative', blocks: plain };
	return normalise({ blocks: [wording] });
}
