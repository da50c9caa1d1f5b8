import type { Ctx } from './ctx.ts';
import { answeredAs, ask, known, together, type Question } from './db/questions.ts';
import { inLocale } from './i18n/locales.ts';
import { installedModules } from './module.ts';
import type { WordLinks } from './text/links.ts';

/**
 * Words in these texts that lead to records of this installation, with addresses in the reader's language: numbers of papers.
 * Every module is asked once, and names only what the actor may read. Nothing is asked about texts without a figure.
 */
export function linksInWords(ctx: Ctx, texts: readonly string[]): Question<WordLinks> {
	const text = texts.filter(Boolean).join('\n\n');
	if (!/\d/.test(text)) return known({});
	const modules = installedModules().servers.flatMap(({ id, wordLinks }) =>
		wordLinks ? [[id, wordLinks(ctx, text)] as const] : [],
	);
	return answeredAs(together(Object.fromEntries(modules)), (found) => {
		const paths = Object.values(found).flatMap((links) => Object.entries(links));
		return Object.fromEntries(paths.map(([word, path]) => [word, inLocale(path, ctx.locale)]));
	});
}

/** The same, asked at once. At most one query. */
export function wordLinks(ctx: Ctx, texts: readonly string[]): Promise<WordLinks> {
	return ask(ctx, linksInWords(ctx, texts));
}
