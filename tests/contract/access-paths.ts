import { label, type Way } from '../support/routes.ts';
import type { Fixtures } from './access-fixtures.ts';

/** Real addresses for a route: one for each example of its parameters. */
export function pathsOf(route: string, examples: Fixtures): { path: string; name: string }[] {
	let found = [{ path: '', name: '' }];
	let prefix = '';
	for (const segment of route.split('/').slice(1)) {
		prefix += `/${segment}`;
		if (!segment.includes('[')) {
			found = found.map(({ path, name }) => ({ path: `${path}/${segment}`, name }));
			continue;
		}
		const values = Object.entries(examples[prefix.replace(/\][^/]*$/, ']')] ?? {});
		found = found.flatMap(({ path, name }) =>
			values.map(([word, value]) => ({
				path: `${path}/${segment.replace(/\[[^\]]+\]/, value)}`,
				name: [name, word].filter(Boolean).join(', '),
			})),
		);
	}
	return found;
}

/** How a way stands in access.md. */
export function rowName(way: Way, example: string): string {
	return example ? `${label(way)} (${example})` : label(way);
}
