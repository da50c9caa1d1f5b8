/** The room's front door: a template and its words become an accessible PDF. */
import { z } from 'zod';
import { directionOf } from '../text/lang.ts';
import { setDocument } from './engine.ts';
import { DocumentError } from './error.ts';
import { TEMPLATES } from './templates.ts';
import type { TemplateData, TemplateName } from './templates.ts';

export type { TemplateData, TemplateName } from './templates.ts';

export interface RenderOptions {
	/** Language of the document, a BCP 47 tag: decides hyphenation, direction and what a screen reader speaks. */
	locale: string;
	/** Title of the file, shown in the reader's window. */
	title: string;
	/** Who publishes it: the town's name. */
	author: string;
	/** `ua-1` for everybody (PDF/UA-1), `a-2a` for the archive (PDF/A-2a). A file can't be both. */
	standard: 'ua-1' | 'a-2a';
	/** Date of the document. Nothing in the file depends on the clock: equal input gives equal bytes. */
	date: Temporal.PlainDate;
}

/**
 * Sets a document, in a process of its own, and gives back the PDF's bytes.
 * @throws DocumentError with a readable message; `reason: 'data'` names the field that does not fit the template.
 */
export async function renderPdf<Name extends TemplateName>(
	template: Name,
	data: TemplateData<Name>,
	options: RenderOptions,
): Promise<Uint8Array> {
	const words = TEMPLATES[template].safeParse(data);
	if (!words.success) {
		throw new DocumentError('data', `Template "${template}": ${z.prettifyError(words.error)}`);
	}
	const input = JSON.stringify({ ...words.data, meta: metaOf(options) });
	return setDocument({ template, data: input, standard: options.standard });
}

function metaOf(options: RenderOptions) {
	const { language, region } = localeOf(options.locale);
	const { year, month, day } = options.date;
	return {
		title: options.title,
		author: options.author,
		language,
		region: region ?? null,
		direction: directionOf(options.locale),
		date: { year, month, day },
	};
}

function localeOf(tag: string): Intl.Locale {
	try {
		return new Intl.Locale(tag);
	} catch (error) {
		throw new DocumentError('data', `"${tag}" is not a language tag.`, { cause: error });
	}
}
