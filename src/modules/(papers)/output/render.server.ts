import type { Ctx } from '#kernel/ctx.ts';
import { docxOf } from '#kernel/documents/office/docx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { contentKey, type PublishedDocument } from '#kernel/documents/published.ts';
import { renderPdf, type RenderOptions } from '#kernel/documents/render.ts';
import { NotFound } from '#kernel/errors.ts';
import { generated } from '#kernel/http/generated.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { paperContent, type PaperContent } from './content.server.ts';
import { outlineOf } from './outline.ts';
import { pdfData } from './pdf.ts';

const TYPES = {
	pdf: 'application/pdf',
	odt: 'application/vnd.oasis.opendocument.text',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/**
 * A paper as a file, with what this reader may know: an accessible PDF in the language of the address, or its German text to go on
 * writing in. @throws NotFound for who may not read the paper
 */
export async function paperFile(ctx: Ctx, slug: string, origin: string, format: keyof typeof TYPES): Promise<Response> {
	const paper = await paperContent(ctx, slug);
	const name = nameOf(paper);
	const bytes = format === 'pdf' ? await pdfOf(ctx, paper, origin) : editable(ctx, paper, format);
	return generated(bytes, TYPES[format], `${name}.${format}`, format !== 'pdf');
}

function pdfOf(ctx: Ctx, paper: PaperContent, origin: string): Promise<Uint8Array> {
	return setting(ctx, paper, origin).pdf();
}

function setting(ctx: Ctx, paper: PaperContent, origin: string) {
	const address = origin + inLocale(`/vorlagen/${paper.slug}`, ctx.locale);
	const data = pdfData(paper, { town: ctx.body, locale: ctx.locale, address });
	const options: RenderOptions = {
		locale: languageTag(ctx.locale),
		title: titleOf(paper),
		author: ctx.body.name,
		standard: 'ua-1',
		date: Temporal.PlainDate.from(paper.version?.fixedOn ?? paper.date ?? paper.modifiedOn),
	};
	const key = contentKey(data, options);
	return { key, pdf: () => renderPdf('report', data, options) };
}

function titleOf(paper: PaperContent): string {
	return [[paper.type, paper.reference].filter(Boolean).join(' '), paper.title].join(': ');
}

function nameOf(paper: PaperContent): string {
	return (paper.reference ?? paper.type).replaceAll('/', '-');
}

/** A paper as this reader gets it, not set yet; null for one that this reader may not know of. */
export async function publishedPaper(ctx: Ctx, slug: string, origin: string): Promise<PublishedDocument | null> {
	const paper = await paperContent(ctx, slug).catch((error: unknown) => {
		if (error instanceof NotFound) return null;
		throw error;
	});
	if (!paper || paper.state === 'draft') return null;
	const { title, fileName } = { title: titleOf(paper), fileName: `${nameOf(paper)}.pdf` };
	return { part: 'paper', itemId: null, title, fileName, ...setting(ctx, paper, origin) };
}

function editable(ctx: Ctx, paper: PaperContent, format: 'odt' | 'docx'): Uint8Array {
	const outline = inLanguage('de', () => outlineOf(paper, ctx.body.name));
	return format === 'odt' ? odtOf(outline) : docxOf(outline);
}
