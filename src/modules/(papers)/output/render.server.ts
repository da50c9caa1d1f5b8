import type { Ctx } from '#kernel/ctx.ts';
import { docxOf } from '#kernel/documents/office/docx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { renderPdf } from '#kernel/documents/render.ts';
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
	const name = (paper.reference ?? paper.type).replaceAll('/', '-');
	const bytes = format === 'pdf' ? await pdfOf(ctx, paper, origin) : editable(ctx, paper, format);
	return generated(bytes, TYPES[format], `${name}.${format}`, format !== 'pdf');
}

async function pdfOf(ctx: Ctx, paper: PaperContent, origin: string): Promise<Uint8Array> {
	const address = origin + inLocale(`/vorlagen/${paper.slug}`, ctx.locale);
	return renderPdf('report', pdfData(paper, { town: ctx.body, locale: ctx.locale, address }), {
		locale: languageTag(ctx.locale),
		title: [[paper.type, paper.reference].filter(Boolean).join(' '), paper.title].join(': '),
		author: ctx.body.name,
		standard: 'ua-1',
		date: Temporal.PlainDate.from(paper.version?.fixedOn ?? paper.date ?? paper.modifiedOn),
	});
}

function editable(ctx: Ctx, paper: PaperContent, format: 'odt' | 'docx'): Uint8Array {
	const outline = inLanguage('de', () => outlineOf(paper, ctx.body.name));
	return format === 'odt' ? odtOf(outline) : docxOf(outline);
}
