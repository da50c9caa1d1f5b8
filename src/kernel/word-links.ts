import type { Ctx } from './ctx.ts';
import { inLocale } from './i18n/locales.ts';
import { installedModules } from './module.ts';
import type { WordLinks } from './text/links.ts';

/**
 * Words in these texts that lead to records of this installation, with addresses in the reader's language: numbers of papers.
 * Every module is asked once, and names only what the actor may read. Nothing is asked about texts without a figure.
 */
export async function wordLinks(ctx: Ctx, texts: readonly string[]): Promise<WordLinks> {
	const text = texts.filter(Boolean).join('\n\n');
	if (!/\d/.test(text)) return {};
	const found: Record<string, string> = {};
	for (const { wordLinks: ask } of installedModules().servers) {
		for (const [word, path] of Object.entries((await ask?.(ctx, text)) ?? {})) found[word] = inLocale(path, ctx.locale);
	}
	return found;
}
