import * as m from '#messages';
import type { Outline, Part } from '#kernel/documents/office/outline.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import type { PaperContent } from './content.server.ts';
import { stationWords } from './station-words.ts';

/** A paper as a succession of parts, for Word and OpenDocument. German: it is the official text that people go on writing in. */
export function outlineOf(paper: PaperContent, town: string): Outline {
	const day = (iso: string | null) => (iso ? formatDay(iso, 'long', 'de') : '');
	const line = (label: string, text: string | null) => (text ? [{ label, text }] : []);
	const written = (heading: string, text: TextDocument): Part[] =>
		text.blocks.length
			? [
					{ kind: 'heading', level: 1, text: heading },
					{ kind: 'text', text },
				]
			: [];
	const standing = [
		paper.state === 'draft' ? m.papers_output_draft() : '',
		paper.state === 'withdrawn' ? m.papers_output_withdrawn() : '',
		paper.longTitle,
	].filter(Boolean);
	const lines = [
		...line(m.papers_output_number(), paper.reference),
		...line(m.papers_output_closed(), paper.public ? '' : paper.closedReason || '–'),
		...line(m.papers_filed_on(), paper.state === 'draft' ? '' : day(paper.date)),
		...line(m.papers_originators(), paper.originators.join(', ')),
		...line(m.papers_output_supporters(), paper.supporters.join(', ')),
		...line(m.papers_output_addressee(), paper.addressee),
		...line(m.papers_department(), paper.department),
		...line(m.papers_districts(), paper.districts.join(', ')),
		...line(m.papers_output_refers(), paper.refersTo.join(', ')),
		...line(m.papers_output_data_day(), day(paper.dataDate)),
		...line(m.papers_output_report_by(), day(paper.reportBy)),
		...line(m.papers_costs(), paper.costs),
		...line(
			m.papers_output_signed(),
			[paper.signatoryName, paper.signatoryFunction, paper.signatoryName && day(paper.signedOn)]
				.filter(Boolean)
				.join(', '),
		),
	];
	const annexes = paper.annexes.map(({ title }, at) => ({
		label: `${at + 1}.`,
		text: title || m.papers_output_annex_closed(),
	}));
	return {
		title: [paper.type, paper.reference].filter(Boolean).join(' '),
		author: town,
		parts: [
			...(standing.length || town
				? [
						{
							kind: 'text' as const,
							text: fromPlainText([town, [paper.type, paper.reference].filter(Boolean).join(' ')].join('\n\n')),
						},
					]
				: []),
			{ kind: 'title', text: paper.title },
			...(standing.length ? [{ kind: 'text' as const, text: fromPlainText(standing.join('\n\n')) }] : []),
			...(lines.length ? [{ kind: 'lines' as const, lines }] : []),
			...written(m.papers_wording(), paper.operative),
			...written(m.papers_output_reasons(), paper.reasons),
			...(paper.stations.length ? [wayPart(paper)] : []),
			...(annexes.length
				? [
						{ kind: 'heading' as const, level: 1 as const, text: m.papers_output_annexes() },
						{ kind: 'lines' as const, lines: annexes },
					]
				: []),
		],
	};
}

function wayPart(paper: PaperContent): Part {
	return {
		kind: 'table',
		caption: m.papers_output_way(),
		columns: [m.papers_output_body(), m.papers_output_day(), m.papers_output_said()],
		rows: paper.stations.map((station) => {
			const { bodies, on, said } = stationWords(station, 'de');
			return [bodies || m.papers_output_approval(), on || '–', said];
		}),
	};
}
