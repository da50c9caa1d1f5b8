import { BEGIN, END } from '../i18n/current.ts';
import { languageTag, SOURCE_LOCALE } from '../i18n/locales.ts';

const AS_IT_IS = `lang="${languageTag(SOURCE_LOCALE)}" dir="ltr"`;
/** What holds no elements, then tags, then texts. */
const PARTS =
	/<!--[\s\S]*?-->|<(script|style|title|textarea|option)\b(?:"[^"]*"|[^">])*>[\s\S]*?<\/\1>|<(?:"[^"]*"|[^">])*>|[^<]+/g;
/** As they stand, and as they stand in an address. */
const MARKS = new RegExp(`[${BEGIN}${END}]|%EF%B7%9[01]`, 'gi');

/**
 * A page of whose words some were marked as German (`markSource`), because there are none in the reader's language: they get an
 * element that says so, for voices and for the direction. Where no element can stand, such as in attributes, only the marks go.
 * @param html a whole page, or nothing that begins or ends within a tag
 */
export function sourceMarked(html: string): string {
	// Pages of visitors have none; only they come by the thousand.
	if (!html.includes(BEGIN) && !html.includes(END)) return html;
	return html.replace(PARTS, (part, kind?: string) => {
		if (!part.startsWith('<')) return inElements(part);
		const bare = part.replace(MARKS, '');
		return kind === 'option' && part.includes(BEGIN) && !/^<option[^>]*\slang=/.test(part)
			? `<option ${AS_IT_IS}${bare.slice('<option'.length)}`
			: bare;
	});
}

/** A piece of text. What was cut off by a script of the page's own is closed where the text ends. */
function inElements(text: string): string {
	let open = 0;
	const marked = text.replace(MARKS, (mark) => {
		if (mark === BEGIN) return open++ ? '' : `<span ${AS_IT_IS}>`;
		return open > 0 && --open === 0 ? '</span>' : '';
	});
	return open > 0 ? `${marked}</span>` : marked;
}
