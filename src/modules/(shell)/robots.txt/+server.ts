import { runtime } from '#kernel/runtime.ts';
import { LOCALES, SOURCE_LOCALE } from '#kernel/i18n/locales.ts';
import type { RequestHandler } from './$types';

/** Ways that lead nowhere for a search engine; the demonstration must not be found at all. */
const CLOSED = ['/suche', '/anmelden', '/abmelden', '/konto', '/tisch'];

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const hidden = ctx.body.demonstration || runtime().config.mode !== 'production';
	const prefixes = ['', ...LOCALES.filter((locale) => locale !== SOURCE_LOCALE).map((locale) => `/${locale}`)];
	const closed = hidden ? ['/'] : prefixes.flatMap((prefix) => CLOSED.map((path) => prefix + path));
	const map = hidden ? [] : ['', `Sitemap: ${url.origin}/sitemap.xml`];
	const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), ...map, ''];
	return new Response(lines.join('\n'), {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
	});
};
