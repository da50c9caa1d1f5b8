import { direction, languageTag, type Locale } from '../i18n/locales.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark]!);
}

/**
 * The whole HTML part around the inside of a mail. Language and direction stand on html and again on a div: webmail
 * programs throw away html and body. No remote picture, no counting pixel, no style that a dark mail program can't turn.
 */
export function frameHtml(locale: Locale, subject: string, inside: string): string {
	const [lang, dir] = [languageTag(locale).split('-u-')[0]!, direction(locale)];
	const align = dir === 'rtl' ? 'right' : 'left';
	return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px 16px">
<div lang="${lang}" dir="${dir}" style="max-width:36em;margin:0 auto;font-family:'Fira Sans',Vazirmatn,Arial,sans-serif;font-size:16px;line-height:1.5;text-align:${align}">
${inside}
</div>
</body>
</html>
`;
}
