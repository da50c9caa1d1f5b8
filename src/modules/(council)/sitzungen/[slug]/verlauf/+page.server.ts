import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId, newId } from '#kernel/ids.ts';
import { latestOperations, type Answer } from '#kernel/live/operations.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { itemLinks } from '../../../queries/slots.server.ts';
import { objectionsBefore } from '../../../minutes/objection-queries.server.ts';
import { refusalWords } from '../../../session/fault-words.server.ts';
import { FIELD, operationOf } from '../../../session/rules/form.ts';
import { actInSession, roomOf } from '../../../session/operations.server.ts';
import { countQuorumAt } from '../../../session/quorum.server.ts';
import { awaitsConstitution } from '../../../session/roll.server.ts';
import { convenedAgain, roomView, sessionAt } from '../../../session/room.server.ts';
import { eligibleFor } from '../../../session/substitutes.server.ts';
import type { RoomView } from '../../../session/view.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import { meetingVotes } from '../../../votes/queries.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const { id } = await sessionAt(ctx, params.slug);
	const room = await roomView(ctx, id);
	const counts = [];
	for (const { id: bodyId } of room.bodies)
		counts.push({ bodyId, finding: (await countQuorumAt(ctx, id, bodyId, ctx.now)) ?? null });
	const rules = (await profileFor(ctx, room.bodies[0]!.id, Temporal.PlainDate.from(room.date)))?.rules;
	return {
		room: new ServerOnly(room),
		votes: new ServerOnly(await meetingVotes(ctx, params.slug)),
		objections: new ServerOnly(await objectionsBefore(ctx, { id, body: { id: room.bodies[0]!.id } })),
		links: new ServerOnly(await itemLinks(ctx, room.items)),
		informal: rules?.agendaInSession ?? false,
		urgent: rules?.voting.urgentItem ?? null,
		again: await convenedAgain(ctx, id),
		constitute: room.kind === 'constituting' && before(room) && (await awaitsConstitution(ctx, room.bodies[0]!.id)),
		counts,
		eligible: new ServerOnly(await substitutesOf(room, (seatId) => eligibleFor(ctx, id, seatId))),
		log: new ServerOnly(await latestOperations(ctx, roomOf(id), 8)),
		now: ctx.now.toString(),
		today: ctx.today.toString(),
		selected: selectedItem(room, url.searchParams.get('punkt')),
		done: url.searchParams.get('getan'),
		repeated: url.searchParams.has('schon'),
	};
};

const before = ({ state }: RoomView) => state === 'planned' || state === 'invited';

function selectedItem(room: RoomView, asked: string | null): string | null {
	const there = (id: string | null) => room.items.find((item) => item.id === id)?.id;
	const next = room.items.find((item) => !item.openedAt && !item.removed)?.id;
	return there(asked) ?? there(room.currentItemId) ?? next ?? room.items[0]?.id ?? null;
}

/** Seats whose holder is not there and that nobody sits in for yet. */
async function substitutesOf(room: RoomView, ask: (seatId: string) => Promise<{ personId: string; name: string }[]>) {
	const found = [];
	for (const { seatId, seatSubstitutes, here, substituteFor } of room.people) {
		if (!seatId || here || substituteFor || !seatSubstitutes || seatSubstitutes === 'none') continue;
		if (room.people.some((other) => other.seatId === seatId && other.substituteFor)) continue;
		found.push({ seatId, people: await ask(seatId) });
	}
	return found;
}

/** One action for everything that is done in a session: the form says what (see session/rules/form.ts). */
export const actions: Actions = {
	tun: async ({ locals: { ctx }, params, request }) => {
		const meeting = await sessionAt(ctx, params.slug);
		const form = await request.formData();
		const { kind, clientId, base, payload } = operationOf(form);
		const operation = {
			kind,
			clientId: isId(clientId) ? clientId : newId(),
			base: base.slice(0, 200),
			payload,
			age: 0,
		};
		const [answer] = await actInSession(ctx, meeting, [operation]);
		const item = typeof payload.item === 'string' ? payload.item : '';
		if (answer!.state === 'refused' || answer!.state === 'conflict')
			return fail(422, { kind, item, typed: textsOf(payload), ...faultOf(answer!) });
		const query = new URLSearchParams();
		if (item) query.set('punkt', item);
		query.set(answer!.state === 'repeated' ? 'schon' : 'getan', String(answer!.seq));
		const anchor = String(form.get(FIELD.anchor) ?? '').replaceAll(/[^\w-]/g, '');
		redirect(303, `${inLocale(`/sitzungen/${params.slug}/verlauf`, ctx.locale)}?${query}${anchor ? `#${anchor}` : ''}`);
	},
};

function textsOf(payload: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(payload).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
	);
}

/** What stands now is shown beside what was typed: nothing is lost. */
function faultOf(answer: Answer): { text: string; field?: string; conflict?: string } {
	if (answer.state === 'refused') return { text: refusalWords(answer), field: answer.field ?? '' };
	const current = answer.state === 'conflict' ? (answer.current as { text?: TextDocument } | null) : null;
	return {
		text: m.council_session_conflict(),
		...(current?.text && { conflict: toWriting(current.text) }),
	};
}
