import { inLocale, LOCALES } from '#kernel/i18n/locales.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Simple German is German to search engines: two pages of one language would be a mistake. */
const TONGUES = LOCALES.filter((locale) => locale !== 'de-simple');

export interface MapEntry {
	/** Path without language prefix. */
	path: string;
	/** ISO instant; null where nobody notes changes. */
	changed: string | null;
}

/** One address for each page, with the same page in every language (sitemaps.org 0.9). */
export function sitemap(origin: string, entries: readonly MapEntry[]): string {
	const lines = entries.map(({ path, changed }) => {
		const tongues = TONGUES.map(
			(locale) =>
				`<xhtml:link rel="alternate" hreflang="${locale}" href="${escaped(origin + inLocale(path, locale))}"/>`,
		);
		const lastmod = changed ? `<lastmod>${changed}</lastmod>` : '';
		return `<url><loc>${escaped(origin + path)}</loc>${lastmod}${tongues.join('')}</url>`;
	});
	return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${lines.join('\n')}
</urlset>
`;
}

/** Where the parts of a large map stand. */
export function sitemapIndex(origin: string, pages: number): string {
	const parts = Array.from(
		{ length: pages },
		(_, at) => `<sitemap><loc>${escaped(`${origin}/sitemap/${at + 1}.xml`)}</loc></sitemap>`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${parts.join('\n')}
</sitemapindex>
`;
}
