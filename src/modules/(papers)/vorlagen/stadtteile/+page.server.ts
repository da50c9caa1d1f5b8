import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { NotFound } from '#kernel/errors.ts';
import { addDistricts, changeDistrict, offerDistrict, removeDistrict } from '../../districts/commands.server.ts';
import { districtRows } from '../../districts/queries.server.ts';
import { LONGEST_NAME, LONGEST_SHORT_NAME, readDistricts } from '../../districts/rules/list.ts';
import { DistrictForm } from '../../districts/schema.ts';
import { isRefused, orRefused, refused, typedOf } from '../../paper/form.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** What the page says of a district after an act. */
const TOLD = ['gespeichert', 'herausgenommen', 'angeboten'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.types');
	const rows = await districtRows(ctx);
	const told = TOLD.find((word) => url.searchParams.has(word)) ?? null;
	const named = told && rows.find(({ id }) => id === url.searchParams.get(told));
	return {
		offered: rows.filter(({ removed }) => !removed),
		gone: rows.filter(({ removed }) => removed),
		told: told && named ? { what: told, id: named.id, name: named.name, removed: named.removed } : null,
	};
};

/** One district's form: act, then back with a sentence about it. */
async function act(
	event: RequestEvent,
	told: (typeof TOLD)[number],
	run: (id: string, form: FormData) => Promise<void | ReturnType<typeof refused>>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'papers.types');
	const form = await event.request.formData();
	const id = String(form.get('id') ?? '');
	if (!isId(id)) throw new NotFound('district');
	const answer = await orRefused(`ort-${id}`, form, async () => (await run(id, form)) ?? null);
	if (isRefused(answer)) return answer;
	if (answer.done) return answer.done;
	redirect(303, inLocale(`/vorlagen/stadtteile?${told}=${id}`, ctx.locale));
}

export const actions: Actions = {
	hinzufuegen: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'papers.types');
		const form = await request.formData();
		const { districts, long } = readDistricts(typedOf(form).names ?? '');
		const limits = { name: LONGEST_NAME, short: LONGEST_SHORT_NAME };
		const text = long.length
			? m.papers_districts_long({ line: long[0]!, ...limits })
			: districts.length
				? ''
				: m.papers_districts_empty();
		if (text) return refused('neu', [{ field: 'names', text }], form);
		await addDistricts(ctx, districts);
		redirect(303, inLocale('/vorlagen/stadtteile#liste', ctx.locale));
	},
	aendern: (event) =>
		act(event, 'gespeichert', async (id, form) => {
			const parsed = DistrictForm.safeParse(typedOf(form));
			if (parsed.success) return changeDistrict(event.locals.ctx, id, parsed.data);
			const fields = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))];
			const faults = fields.map((field) => ({ field, text: m.papers_paper_fault_fill() }));
			return refused(`ort-${id}`, faults, form);
		}),
	herausnehmen: (event) => act(event, 'herausgenommen', (id) => removeDistrict(event.locals.ctx, id)),
	anbieten: (event) => act(event, 'angeboten', (id) => offerDistrict(event.locals.ctx, id)),
};
