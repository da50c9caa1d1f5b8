import { createHash } from 'node:crypto';
import { direction, languageTag, type Locale } from '../i18n/locales.ts';
import { escapeHtml } from '../text/html.ts';

/** Seconds after which it is worth asking again: the embedded server is back within one, a standby within five. */
const AGAIN_AFTER = 5;

/** All that can be shown when neither the town nor its page can be read: no stylesheet of the build is known here. */
const STYLE = `:root{color-scheme:light dark;font:1.125rem/1.5 'Fira Sans',system-ui,sans-serif}
body{margin:0;display:grid;min-height:100vh;place-items:center;background:Canvas;color:CanvasText;background:light-dark(#faf7f1,#0e161b);color:light-dark(#111d26,#efede7)}
main{max-width:36rem;padding:1.5rem}
h1{font-size:1.75rem;font-weight:500;line-height:1.2;margin:0 0 1rem}
a{color:LinkText;color:light-dark(#005373,#8ecfe8);display:inline-block;padding-block:.75rem}`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`;

export interface Words {
	title: string;
	text: string;
	/** Of the link that asks for the page again. */
	again: string;
}

/**
 * 503 with words in the reader's language, made without the database. Programs get a line of text. Says when to ask again
 * (`Retry-After`), and is kept by nobody.
 */
export function unavailable(request: Request, locale: Locale, { title, text, again }: Words): Response {
	const headers = { 'retry-after': `${AGAIN_AFTER}`, 'cache-control': 'no-store' };
	if (!request.headers.get('accept')?.includes('text/html'))
		return new Response('database unreachable\n', {
			status: 503,
			headers: { ...headers, 'content-type': 'text/plain' },
		});
	const { pathname, search } = new URL(request.url);
	const html = `<!doctype html>
<html lang="${languageTag(locale)}" dir="${direction(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(pathname + withoutAction(search))}">${escapeHtml(again)}</a></p></main></body></html>
`;
	return new Response(html, {
		status: 503,
		headers: { ...headers, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
	});
}

/** `?/name` is where a form is sent, and no page to be read. */
function withoutAction(search: string): string {
	return search.startsWith('?/') ? '' : search;
}
