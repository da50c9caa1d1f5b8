import { historyOf } from '../../../member/history/queries.server.ts';
import { historyParts } from '../../../member/history/rules.ts';
import { bodyView } from '../../../queries/bodies.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { id, name, slug } = await bodyView(ctx, params.slug);
	const { held, terms } = await historyOf(ctx, id);
	const filter = {
		text: (url.searchParams.get('q') ?? '').slice(0, 100),
		term: url.searchParams.get('periode') ?? '',
		role: url.searchParams.get('aufgabe') ?? '',
	};
	return {
		name,
		slug,
		filter,
		terms: terms.toSorted((a, b) => b.from.localeCompare(a.from)),
		roles: [...new Set(held.map(({ role }) => role))],
		parts: historyParts(held, terms, filter),
	};
};
