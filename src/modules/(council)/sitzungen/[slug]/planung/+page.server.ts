import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { isMailAddress } from '#kernel/mail/queue.ts';
import { act } from '../../../planning/act.server.ts';
import { convertToEvent } from '../../../planning/events/commands.server.ts';
import {
	addGuest,
	confirmGuests,
	noteGuest,
	removeGuest,
	setInviter,
} from '../../../planning/guests/commands.server.ts';
import { guestChoices, guestList } from '../../../planning/guests/queries.server.ts';
import { planningMeeting } from '../../../planning/meeting.server.ts';
import { peopleOfBody } from '../../../planning/people.server.ts';
import { attachRetreatResult, saveRetreatResult } from '../../../planning/retreats/commands.server.ts';
import { retreatResult } from '../../../planning/retreats/queries.server.ts';
import { sendSaveTheDate } from '../../../planning/saves/commands.server.ts';
import { savesOf } from '../../../planning/saves/queries.server.ts';
import { EventForm } from '../../../planning/schema.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const SAID = ['vorgemerkt', 'einlader', 'bestaetigt', 'gast', 'ergebnis'] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const meeting = await planningMeeting(ctx, params.slug);
	const people = await peopleOfBody(ctx, meeting.councilBodyId);
	return {
		meeting,
		coming: meeting.date >= ctx.today.toString() && !meeting.cancelled,
		people: people.map(({ personId, name, kind, email }) => ({ personId, name, kind, reachable: email !== '' })),
		saves: await savesOf(ctx, meeting.id),
		list: await guestList(ctx, meeting.id),
		choices: await guestChoices(ctx, meeting.councilBodyId),
		retreat: meeting.kind === 'retreat' ? await retreatResult(ctx, meeting.id) : null,
		said: SAID.find((word) => url.searchParams.has(word)) ?? null,
		count: Number(url.searchParams.get('vorgemerkt')) || 0,
	};
};

type Fields = (name: string) => string;

/** Every form of the page: the right first, then its command, then back to its part of the page. */
function of(name: string, work: (event: RequestEvent, field: Fields, form: FormData) => Promise<string>) {
	return (event: RequestEvent) => {
		demand(event.locals.ctx.actor, 'council.convene');
		return act(event, name, (form) => work(event, (key) => String(form.get(key) ?? '').trim(), form));
	};
}

export const actions: Actions = {
	vormerken: of('vormerken', async ({ locals: { ctx }, params, url }, field, form) => {
		const others = field('others')
			.split(/[\s,;]+/)
			.filter(Boolean);
		if (others.some((address) => !isMailAddress(address))) throw new RuleViolation('email', {}, 'others');
		const people = form.getAll('people').map(String).filter(isId);
		const count = await sendSaveTheDate(
			ctx,
			params.slug,
			{ people, others, note: field('note').slice(0, 5000) },
			url.origin,
		);
		return `/sitzungen/${params.slug}/planung?vorgemerkt=${count}#vormerken`;
	}),
	einlader: of('einlader', async ({ locals: { ctx }, params }, field) => {
		await setInviter(ctx, params.slug, field('inviter'), field('reason').slice(0, 500));
		return `/sitzungen/${params.slug}/planung?einlader#gaeste`;
	}),
	bestaetigen: of('bestaetigen', async ({ locals: { ctx }, params }) => {
		await confirmGuests(ctx, params.slug);
		return `/sitzungen/${params.slug}/planung?bestaetigt#gaeste`;
	}),
	gast: of('gast', async ({ locals: { ctx }, params }, field) => {
		await addGuest(ctx, params.slug, {
			who: field('who'),
			name: field('name').slice(0, 200),
			reason: field('reason').slice(0, 500),
		});
		return `/sitzungen/${params.slug}/planung?gast#gaeste`;
	}),
	streichen: of('streichen', async ({ locals: { ctx }, params }, field) => {
		await removeGuest(ctx, params.slug, field('id'), field('reason').slice(0, 500));
		return `/sitzungen/${params.slug}/planung?gast#gaeste`;
	}),
	vermerken: of('vermerken', async ({ locals: { ctx }, params }, field) => {
		const what = (['committed', 'declined', 'open', 'came', 'missed'] as const).find(
			(known) => known === field('what'),
		);
		await noteGuest(ctx, params.slug, field('id'), what ?? 'open');
		return `/sitzungen/${params.slug}/planung?gast#gaeste`;
	}),
	umwidmen: of('umwidmen', async ({ locals: { ctx }, params, url }, field) => {
		const given = EventForm.parse({
			title: field('title'),
			text: field('text'),
			date: field('date'),
			from: field('from'),
			until: field('until'),
			place: field('place'),
		});
		await convertToEvent(ctx, params.slug, given, url.origin);
		return `/sitzungen/${params.slug}`;
	}),
	ergebnis: of('ergebnis', async ({ locals: { ctx }, params }, field) => {
		await saveRetreatResult(ctx, params.slug, field('text').slice(0, 20_000));
		return `/sitzungen/${params.slug}/planung?ergebnis#ergebnisse`;
	}),
	anhaengen: of('anhaengen', async ({ locals: { ctx }, params }) => {
		const meeting = await planningMeeting(ctx, params.slug);
		// Official wording of an agenda is German, whatever the page speaks.
		const title = inLanguage('de', () =>
			m.council_planning_retreat_item({ date: formatDay(meeting.date, 'long', 'de') }),
		);
		return `/sitzungen/${await attachRetreatResult(ctx, params.slug, title)}`;
	}),
};
