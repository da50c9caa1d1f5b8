import type { Outline, Part } from '#kernel/documents/office/outline.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import type { Item, MinutesContent } from '../rules/content.ts';
import { itemText, taskLine } from './pdf-data.ts';

interface Standing {
	/** A sentence that says it is a draft; empty otherwise. */
	draft: string;
	signatures: { role: string; name: string; function: string; signedOn: string }[];
}

/** Minutes as a succession of parts, for Word and OpenDocument. All German. */
export function outlineOf(content: MinutesContent, { draft, signatures }: Standing): Outline {
	const { headings } = content;
	const plain = (...lines: string[]): Part[] => {
		const text = lines.filter(Boolean).join('\n\n');
		return text ? [{ kind: 'text', text: fromPlainText(text) }] : [];
	};
	const section = (heading: string, parts: Part[]): Part[] =>
		parts.length ? [{ kind: 'heading', level: 1, text: heading }, ...parts] : [];
	const rows = (lines: { label: string; text: string }[]): Part[] => (lines.length ? [{ kind: 'lines', lines }] : []);
	return {
		title: content.title,
		author: content.town,
		parts: [
			{ kind: 'title', text: content.title },
			...plain(draft, `${content.body}\n${content.when}`),
			...rows(content.facts.map(({ term, detail }) => ({ label: term, text: detail }))),
			...plain(...content.preamble.map(({ text }) => text)),
			...section(
				headings.attendance,
				content.attendance.map(({ heading, columns, rows: people }) => ({
					kind: 'table',
					caption: heading,
					columns: [...columns],
					rows: people.map(({ organisation, name, presence }) => [organisation, name, presence]),
				})),
			),
			...section(headings.quorum, plain(content.quorum?.sentence ?? '', content.quorum?.source ?? '')),
			...section(
				headings.review,
				rows(content.review.map(({ what, who, state }) => ({ label: state, text: who ? `${who}: ${what}` : what }))),
			),
			{ kind: 'heading', level: 1, text: headings.agenda },
			...content.items.flatMap((item) => itemParts(item, headings)),
			...section(headings.end, plain(...content.closing.map(({ text }) => text))),
			...section(
				headings.tasks,
				content.tasks.length
					? [
							{
								kind: 'table',
								caption: headings.tasks,
								columns: content.taskColumns.slice(0, 3),
								rows: content.tasks.map(({ what, who, due }) => [what, who, due]),
							},
						]
					: [],
			),
			...section(headings.dates, rows(content.dates.map(({ words, detail }) => ({ label: words, text: detail })))),
			...section(headings.files, rows(content.files.map(({ title }, at) => ({ label: `${at + 1}.`, text: title })))),
			...section(
				headings.invited,
				rows((content.invited ?? []).map(({ number, title }) => ({ label: number, text: title }))),
			),
			...section(
				headings.signatures,
				rows(
					content.signers.map(({ role, label, name }) => {
						const signature = signatures.find((one) => one.role === role);
						const said = signature
							? [signature.name, signature.function, signature.signedOn]
							: [name, '____________________'];
						return { label, text: said.filter(Boolean).join(', ') };
					}),
				),
			),
		],
	};
}

function itemParts(item: Item, headings: MinutesContent['headings']): Part[] {
	const heading: Part = { kind: 'heading', level: 2, text: [item.number, item.title].filter(Boolean).join('. ') };
	if (item.hidden)
		return [heading, ...(item.closedReason ? [{ kind: 'text' as const, text: fromPlainText(item.closedReason) }] : [])];
	const text = itemText(item, { plain: fromPlainText });
	const lines = [
		...item.resolutions.map(({ label, text: wording }) => ({ label, text: wording })),
		...item.votes.map(({ text: wording, sentence, names }) => ({
			label: headings.vote,
			text: [item.resolutions.some((one) => one.text === wording) ? '' : wording, sentence, names]
				.filter(Boolean)
				.join(' '),
		})),
		...item.tasks.map((task) => ({ label: headings.task, text: taskLine(task) })),
		...item.files.map(({ title }) => ({ label: headings.file, text: title })),
	];
	return [
		heading,
		...(text.blocks.length ? [{ kind: 'text' as const, text }] : []),
		...(lines.length ? [{ kind: 'lines' as const, lines }] : []),
	];
}
