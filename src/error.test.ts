/** The framework shows this file as it is when no page can be made: its words are kept equal to the messages, which translators read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { direction, inLocale, languageTag, LOCALE_NAMES, LOCALES, SOURCE_LOCALE } from '#kernel/i18n/locales.ts';
import { projectRoot } from '#kernel/project.ts';
import { escapeHtml } from '#kernel/text/escape.ts';

const html = readFileSync(join(projectRoot, 'src/error.html'), 'utf8')
	.replaceAll(/\s+/g, ' ')
	.replaceAll(/ ?(<[^>]*>) ?/g, '$1');

test('the page that is left when no other can be made speaks all languages, in the words of the messages', () => {
	for (const locale of LOCALES) {
		const file = join(projectRoot, 'src/modules/(shell)/messages', `${locale}.json`);
		const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
		const [title, text] = [words.shell_error_left!, words.shell_error_left_text!].map(escapeHtml);
		if (locale === SOURCE_LOCALE) {
			expect(html).toContain(`<title>${title}</title>`);
			expect(html).toContain(`<h1>${title}</h1><p class="lead">${text}</p>`);
			expect(html).toContain(`<a class="btn" href="/">${escapeHtml(words.shell_error_home!)}</a>`);
			continue;
		}
		const dir = direction(locale) === 'rtl' ? ' dir="rtl"' : '';
		const lang = languageTag(locale).split('-u-')[0];
		expect(html).toContain(
			`<li lang="${lang}"${dir}><a href="${inLocale('/', locale)}">${LOCALE_NAMES[locale]}</a><p><strong>${title}</strong><br />${text}</p></li>`,
		);
	}
});
