import type { TemplateData } from '#kernel/documents/render.ts';
import { joinParts } from '#kernel/i18n/format.ts';
import { languageTag } from '#kernel/i18n/locales.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import type { Speech } from '../ui/labels.ts';

export type Phrase = TemplateData<'agenda'>['heading'];
export type Text = NonNullable<TemplateData<'agenda'>['notes']>;

/** Official text is German whatever the frame around it speaks, and says so to screen readers. */
const GERMAN = { tag: 'de', dir: 'ltr' } as const;

/** Words for the templates: those of the records are marked as German in a frame of another language. */
export interface Words extends Speech {
	foreign: boolean;
	/** Parts of a line with the comma of the reader's script; empty ones are left out. */
	list: (parts: readonly string[]) => string;
	german: (text: string) => Phrase;
	/** Blocks of the record, or nothing where it is empty. */
	text: (document: TextDocument) => Text | undefined;
	/** Wording kept as plain lines. */
	plain: (text: string) => Text;
}

export function wordsFor(speech: Speech): Words {
	const foreign = languageTag(speech.locale) !== 'de';
	const mark = (document: TextDocument): TextDocument =>
		foreign
			? { ...document, blocks: document.blocks.map((block) => (block.lang ? block : { ...block, lang: GERMAN })) }
			: document;
	return {
		...speech,
		foreign,
		list: (parts) => joinParts(parts, speech.locale),
		german: (text) => (foreign ? { text, lang: GERMAN } : text),
		text: (document) => (document.blocks.length ? mark(document) : undefined),
		plain: (text) => mark(fromPlainText(text)),
	};
}
