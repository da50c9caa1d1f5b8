import * as m from '#messages';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { Town } from '#kernel/town.ts';
import type { Words } from '../../pdf/phrases.ts';
import type { Group, Item, MinutesContent, Said, Task } from '../rules/content.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import type { DraftBlock, TextDocument } from '#kernel/text/schema.ts';
import { normalise } from '#kernel/text/normalise.ts';

type Minutes = TemplateData<'minutes'>;
type AgendaItem = Minutes['agenda']['parts'][number]['items'][number];

/** What a document says about itself beside its content. */
export interface Imprint {
	town: Town;
	/** 'Entwurf': stands behind each page and in the facts. */
	draft: boolean;
	/** "vorläufig, vom Gremium noch nicht bestätigt" or "bestätigt am …". */
	standing: string;
	signatures: { name: string; label: string; function: string; signedOn: string }[];
	/** "Fassung 2, sha512 ab12…": at the foot of every page. */
	footnote: string;
	/** Address of the page, e.g. https://…/sitzungen/2026-10-28/niederschrift. */
	address: string;
}

/** Minutes for the typesetter: the German record in a frame of the reader's language. */
export function pdfData(content: MinutesContent, imprint: Imprint, words: Words): Minutes {
	const { town, draft } = imprint;
	const accent = town.settings.accent?.light;
	const german = words.german;
	return {
		letterhead: {
			town: german(content.town),
			body: german(content.body),
			...(accent && /^#[0-9a-f]{6}$/i.test(accent) ? { accent } : {}),
		},
		pageLabel: m.council_pdf_page({ page: '{page}', pages: '{pages}' }),
		...(draft ? { watermark: m.council_pdf_draft().slice(0, 30) } : {}),
		...(imprint.footnote ? { footnote: imprint.footnote } : {}),
		kind: german(content.kind),
		heading: german(content.title),
		subtitle: german(content.when),
		...(draft ? { lead: m.council_pdf_draft_note() } : {}),
		facts: [
			...(draft || imprint.standing
				? [{ term: m.council_pdf_state(), detail: draft ? m.council_pdf_draft() : imprint.standing }]
				: []),
			...content.facts.map(({ term, detail }) => ({ term: german(term), detail: german(detail) })),
			{ term: m.council_pdf_online(), detail: imprint.address },
		],
		...attendanceData(content, words),
		...(content.quorum
			? {
					quorum: {
						heading: german(content.headings.quorum),
						sentence: german(content.quorum.sentence),
						columns: [m.council_quorum_how(), m.council_pdf_count()] as [string, string],
						steps: content.quorum.steps.map(({ label, value, result }) => ({ label: german(label), value, result })),
						...(content.quorum.source ? { source: german(content.quorum.source) } : {}),
					},
				}
			: {}),
		agenda: agendaData(content, words),
		...tasksData(content, words),
		sections: sectionsData(content, words),
		...signatureData(content, imprint, words),
	};
}

function attendanceData(content: MinutesContent, words: Words): Pick<Minutes, 'attendance'> {
	if (!content.attendance.length) return {};
	const [first] = content.attendance;
	return {
		attendance: {
			heading: words.german(content.headings.attendance),
			columns: {
				name: words.german(first!.columns[1]),
				role: words.german(first!.columns[0]),
				state: words.german(first!.columns[2]),
			},
			groups: content.attendance.map((group) => groupData(group, words)),
		},
	};
}

function groupData({ heading, rows }: Group, words: Words) {
	return {
		name: words.german(heading),
		rows: rows.map(({ name, organisation, presence, mark }) => ({
			name: words.german(name || organisation),
			...(name && organisation ? { role: words.german(organisation) } : {}),
			state: words.german(presence),
			mark,
		})),
	};
}

function agendaData(content: MinutesContent, words: Words): Minutes['agenda'] {
	const part = (heading: string, items: Item[], extra: AgendaItem[] = []) => ({
		heading: words.german(heading),
		items: [...items.map((item) => itemData(item, words)), ...extra],
	});
	const open = content.items.filter((item) => item.public);
	const closed = content.items.filter((item) => !item.public);
	const parts = [
		...(open.length ? [part(content.headings.public, open)] : []),
		...(closed.length ? [part(content.headings.closed, closed)] : []),
	];
	const single = parts.length === 1 && open.length ? [{ items: parts[0]!.items }] : parts;
	return { heading: words.german(content.headings.agenda), parts: single };
}

function itemData(item: Item, words: Words): AgendaItem {
	const [vote, ...more] = item.votes;
	const text = itemText(item, words);
	const spoken = item.resolutions.map(({ text: wording }) => wording);
	return {
		number: item.number.slice(0, 12),
		title: words.german(item.title),
		...(item.hidden && item.closedReason ? { note: words.german(item.closedReason) } : {}),
		...(vote?.sentence
			? { vote: { sentence: words.german(vote.sentence), ...(vote.marks ? { marks: vote.marks } : {}) } }
			: {}),
		...(text.blocks.length ? { text: words.text(text)! } : {}),
		resolutions: item.resolutions.map(({ label, text: wording }) => ({
			label: words.german(label),
			text: words.plain(wording),
		})),
		lines: [
			...(vote?.text && !spoken.includes(vote.text)
				? [{ label: m.council_pdf_vote(), text: words.german(vote.text) }]
				: []),
			...(vote?.names ? [{ label: m.council_pdf_vote(), text: words.german(vote.names) }] : []),
			...more.map((one) => ({
				label: m.council_pdf_vote(),
				text: words.german([one.text, one.sentence, one.names].filter(Boolean).join(' ')),
			})),
			...item.tasks.map((task) => ({ label: m.council_item_task(), text: words.german(taskLine(task)) })),
			...(item.papers.length ? [{ label: m.council_item_papers(), text: words.german(item.papers.join(', ')) }] : []),
			...item.files.map(({ title }) => ({ label: m.council_documents(), text: words.german(title) })),
		],
	};
}

/** Everything an item says in sentences, in the order in which it happened. */
export function itemText(item: Item, words: Pick<Words, 'plain'>): TextDocument {
	const said = (lines: Said[]): DraftBlock[] => lines.flatMap(({ text }) => fromPlainText(text).blocks);
	const statements = item.statements.flatMap(({ name, text }): DraftBlock[] => [
		{ kind: 'paragraph', content: [{ text: name }] },
		{
			kind: 'wording',
			role: 'quote',
			blocks: words.plain(text).blocks.filter((block) => block.kind === 'paragraph' || block.kind === 'list'),
		},
	]);
	return normalise({ blocks: [...said(item.before), ...item.text.blocks, ...statements, ...said(item.after)] });
}

export function taskLine({ who, what, due }: Task): string {
	return [who ? `${who}: ${what}` : what, due ? `(${due})` : ''].filter(Boolean).join(' ');
}

function tasksData(content: MinutesContent, words: Words): Pick<Minutes, 'tasks'> {
	if (!content.tasks.length) return {};
	const [what, who, due] = content.taskColumns;
	const columns = [
		{ label: words.german(what), share: 5 },
		{ label: words.german(who), share: 3 },
		{ label: words.german(due), share: 2 },
	];
	const rows = content.tasks.map((task) => [words.german(task.what), words.german(task.who), words.german(task.due)]);
	return { tasks: { heading: words.german(content.headings.tasks), table: { columns, rows } } };
}

function sectionsData(content: MinutesContent, words: Words): NonNullable<Minutes['sections']> {
	const { headings } = content;
	const facts = (heading: string, rows: { term: string; detail: string }[]) =>
		rows.length
			? [
					{
						heading: words.german(heading),
						facts: rows.map(({ term, detail }) => ({ term: words.german(term), detail: words.german(detail || '–') })),
					},
				]
			: [];
	const closing = content.closing.map(({ text }) => text).join('\n\n');
	return [
		...(closing ? [{ heading: words.german(headings.end), text: words.plain(closing) }] : []),
		...facts(
			headings.review,
			content.review.map(({ what, who, state }) => ({ term: state, detail: who ? `${who}: ${what}` : what })),
		),
		...facts(
			headings.dates,
			content.dates.map(({ words: term, detail }) => ({ term, detail })),
		),
		...facts(
			headings.files,
			content.files.map(({ title }, at) => ({ term: String(at + 1), detail: title })),
		),
		...facts(
			headings.invited,
			(content.invited ?? []).map(({ number, title }) => ({ term: number || '–', detail: title })),
		),
	];
}

function signatureData(content: MinutesContent, imprint: Imprint, words: Words): Pick<Minutes, 'signatures'> {
	if (!content.signers.length) return {};
	const signers = content.signers.map(({ label, name, role }) => {
		const signature = imprint.signatures.find((one) => one.label === role);
		return {
			name: words.german(signature?.name ?? name),
			role: words.german(signature?.function || label),
			...(signature ? { state: m.council_minutes_signed_on({ date: signature.signedOn }) } : {}),
		};
	});
	return { signatures: { heading: words.german(content.headings.signatures), signers } };
}
