import { toPlainText } from '#kernel/text/plain.ts';
import type { MinutesContent } from './content.ts';

/** Everything in minutes that may name a paper: titles, sentences, texts, statements, resolutions, votes. */
export function textsOf({ preamble, items, closing }: MinutesContent): string[] {
	return [
		...[...preamble, ...closing].map(({ text }) => text),
		...items.flatMap((item) => [
			item.title,
			...[...item.before, ...item.after].map(({ text }) => text),
			toPlainText(item.text),
			...item.statements.map(({ text }) => text),
			...item.resolutions.map(({ text }) => text),
			...item.votes.map(({ text }) => text),
		]),
	];
}
