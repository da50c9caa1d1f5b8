import arabic from '@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2?url';
import cyrillic from './fonts/fira-sans-cyrillic-400.woff2?url';
import latin from './fonts/fira-sans-latin-400.woff2?url';
import { tagOf } from './script.ts';

const byScript: Record<string, string[]> = { ar: [arabic], fa: [arabic], uk: [cyrillic], ru: [cyrillic], zh: [] };

/**
 * Addresses of the font files that text in this locale is set in from its first line on, for
 * `<link rel="preload" as="font" type="font/woff2" crossorigin>`. Everything else is fetched when a letter asks for it;
 * Chinese is set in the reader's own font, or a piece of Noto Sans SC where the device has none.
 */
export function fontPreloads(locale: string): string[] {
	return byScript[tagOf(locale).split('-')[0] ?? ''] ?? [latin];
}
