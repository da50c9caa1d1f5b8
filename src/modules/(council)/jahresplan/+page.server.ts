import { demand, may } from '#kernel/access/actor.ts';
import { isId } from '#kernel/ids.ts';
import { act } from '../planning/act.server.ts';
import { bodyChoices } from '../planning/choices.server.ts';
import { proposeYear } from '../planning/rules.ts';
import { DayOffForm, day, RhythmForm, YearDatesForm } from '../planning/schema.ts';
import { addDayOff, changeDate, planYear, publishYear, removeDayOff } from '../planning/year/commands.server.ts';
import { daysOff, rhythmOf, yearRows } from '../planning/year/queries.server.ts';
import { bodyRows } from '../queries/bodies.server.ts';
import type { Actions, PageServerLoad } from './$types';

const SAID = ['angelegt', 'veroeffentlicht', 'geaendert'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const asked = Number(url.searchParams.get('jahr'));
	const year = Number.isInteger(asked) && asked >= 1990 && asked <= 2100 ? asked : ctx.today.year;
	const bodies = await bodyRows(ctx);
	const slug = url.searchParams.get('gremium');
	const body = bodies.find((row) => row.slug === slug) ?? null;
	const mayPlan = body !== null && may(ctx.actor, 'council.edit', body.id);
	const common = {
		year,
		bodies: bodies.map((row) => ({ value: row.slug, label: row.name, lang: 'de' })),
		body: body && { id: body.id, slug: body.slug, name: body.name },
		sessions: await yearRows(ctx, year, body?.id ?? null),
		mayPlan,
		plannable: (await bodyChoices(ctx, 'council.edit')).length > 0,
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
		count: Number(url.searchParams.get('angelegt') ?? url.searchParams.get('veroeffentlicht')) || 0,
	};
	if (!mayPlan || !body) return { ...common, plan: null };
	const off = await daysOff(ctx, year);
	const typed = RhythmForm.safeParse({
		weekday: url.searchParams.get('tag'),
		week: url.searchParams.get('woche'),
		months: url.searchParams.getAll('monat'),
		from: url.searchParams.get('von'),
		until: url.searchParams.get('bis') ?? '',
		onDayOff: url.searchParams.get('frei'),
	});
	const asking = url.searchParams.has('vorschlag');
	const rhythm = typed.data ?? (await rhythmOf(ctx, body.id));
	const today = ctx.today.toString();
	return {
		...common,
		plan: {
			off,
			rhythm,
			// A form sent without months says so instead of proposing an old rhythm.
			faulty: asking && !typed.success,
			proposed: asking && typed.data ? proposeYear(year, typed.data, off).filter(({ date }) => date >= today) : null,
		},
	};
};

export const actions: Actions = {
	anlegen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		return act(event, 'anlegen', async (form) => {
			const text = (name: string) => String(form.get(name) ?? '');
			const given = YearDatesForm.parse({
				dates: form.getAll('dates').map(String),
				from: text('von'),
				until: text('bis'),
				place: text('place'),
				public: form.has('public'),
			});
			const rhythm = RhythmForm.safeParse({
				weekday: text('tag'),
				week: text('woche'),
				months: form.getAll('monat'),
				from: text('von'),
				until: text('bis'),
				onDayOff: text('frei'),
			});
			const body = (await bodyRows(ctx)).find(({ slug }) => slug === text('gremium'));
			const count = await planYear(ctx, body?.id ?? '', given, rhythm.data ?? null);
			return `/jahresplan?gremium=${body?.slug}&jahr=${text('jahr')}&angelegt=${count}`;
		});
	},
	veroeffentlichen: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		return act(event, 'veroeffentlichen', async (form) => {
			const body = (await bodyRows(ctx)).find(({ slug }) => slug === form.get('gremium'));
			const year = Number(form.get('jahr'));
			const count = body && Number.isInteger(year) ? await publishYear(ctx, body.id, year) : 0;
			return `/jahresplan?gremium=${body?.slug ?? ''}&jahr=${year || ctx.today.year}&veroeffentlicht=${count}`;
		});
	},
	aendern: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		return act(event, 'aendern', async (form) => {
			const meeting = String(form.get('id') ?? '');
			const date = form.get('was') === 'streichen' ? null : day.parse(form.get('date'));
			await changeDate(ctx, meeting, date);
			return back(form);
		});
	},
	frei: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		return act(event, 'frei', async (form) => {
			const id = String(form.get('id') ?? '');
			if (isId(id)) await removeDayOff(ctx, id);
			else await addDayOff(ctx, DayOffForm.parse(Object.fromEntries(form)));
			return `${back(form)}#freie-tage`;
		});
	},
};

function back(form: FormData): string {
	const query = new URLSearchParams({
		gremium: String(form.get('gremium') ?? ''),
		jahr: String(form.get('jahr') ?? ''),
	});
	return `/jahresplan?${query}&geaendert`;
}
