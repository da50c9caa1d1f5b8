import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { write } from '#kernel/write.ts';
import { attachFile, changeFile } from '../../../agenda/attach.server.ts';
import { acted, orRefused, typedOf, type Typed } from '../../../agenda/forms.server.ts';
import { inviteGuest, nominate, removeGuest, withdrawNomination } from '../../../agenda/guests.server.ts';
import { sessionBySlug } from '../../../agenda/meetings.server.ts';
import { proposalsFor, takeProposal } from '../../../agenda/proposals.server.ts';
import { publishAgenda } from '../../../agenda/publish.server.ts';
import { changeItem, moveItem, putOnAgenda, removeItem, restoreItem } from '../../../agenda/put.server.ts';
import { agendaInWork, guestOrganisations, officeChoices } from '../../../agenda/queries.server.ts';
import { GuestForm, ItemForm, NominationForm, paperNumbers, ProposalForm } from '../../../agenda/schema.ts';
import { subscriberCount } from '../../../member/news/queries.server.ts';
import { itemLinks } from '../../../queries/slots.server.ts';
import { objectionsBefore } from '../../../minutes/objection-queries.server.ts';
import { modeDoubt } from '../../../agenda/rules/mode.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const session = await sessionBySlug(ctx, params.slug);
	const [work, offices, organisations, readers] = await Promise.all([
		agendaInWork(ctx, session),
		officeChoices(ctx, session.date),
		guestOrganisations(ctx),
		subscriberCount(ctx, session.councilBodyId),
	]);
	const open = !session.cancelled && (session.state === 'planned' || session.state === 'invited');
	return {
		session: {
			slug: session.slug,
			bodyName: session.bodyName,
			bodySlug: session.bodySlug,
			title: session.title,
			state: session.state,
			cancelled: session.cancelled,
			public: session.public,
			published: session.published,
			date: session.date.toString(),
		},
		...work,
		links: await itemLinks(ctx, work.items),
		proposals: open ? await proposalsFor(ctx, { councilBodyId: session.councilBodyId, day: session.date }) : [],
		readers,
		objections: await objectionsBefore(ctx, { id: session.id, body: { id: session.councilBodyId } }),
		offices,
		organisations,
		doubt: modeDoubt(await profileFor(ctx, session.councilBodyId, session.date), session.mode),
		said: url.searchParams.get('gesagt'),
		edited: url.searchParams.get('punkt'),
	};
};

type Event = RequestEvent;

export const actions: Actions = {
	neu: (event) =>
		form(event, 'neu', ItemForm.safeExtend({ grund: z.string().trim().max(500).default('') }), async (tx, id, item) => {
			const added = await putOnAgenda(tx, {
				meetingId: id,
				title: item.title,
				kind: item.kind,
				public: !item.closed,
				closedCode: item.closedCode,
				closedBasis: item.closedBasis,
				neutralTitle: item.neutralTitle,
				reporterOfficeId: item.reporter,
				reporterText: item.reporterText,
				reviewsTasks: item.reviewsTasks,
				papers: paperNumbers(item.papers),
				reason: item.grund,
			});
			return { gesagt: 'dazu', at: `punkt-${added}` };
		}),
	aufnehmen: (event) =>
		form(event, 'aufnehmen', ProposalForm, async (tx, id, { key, grund, ...closed }) => {
			const added = await takeProposal(tx, id, key, { reason: grund, ...closed });
			return { gesagt: 'dazu', ...(added && { at: `punkt-${added}` }) };
		}),
	aendern: (event) =>
		form(event, 'aendern', ItemForm, async (tx, id, item, typed) => {
			await changeItem(tx, id, one(typed), item);
			return { gesagt: 'geaendert', at: `punkt-${one(typed)}` };
		}),
	weg: (event) =>
		plain(event, 'weg', async (tx, id, typed) => {
			await removeItem(tx, id, one(typed), typed.grund ?? '');
			return { gesagt: 'weg' };
		}),
	zurueck: (event) =>
		plain(event, 'zurueck', async (tx, id, typed) => {
			await restoreItem(tx, id, one(typed));
			return { gesagt: 'wieder', at: `punkt-${one(typed)}` };
		}),
	schieben: (event) =>
		plain(event, 'schieben', async (tx, id, typed) => {
			const before = typed.vor;
			const move =
				before === undefined
					? { by: typed.richtung === 'hoch' ? (-1 as const) : (1 as const) }
					: { before: isId(before) ? before : null };
			await moveItem(tx, id, one(typed), move);
			return { gesagt: 'verschoben', at: `punkt-${one(typed)}` };
		}),
	gast: (event) =>
		form(event, 'gast', GuestForm, async (tx, id, guest) => {
			await inviteGuest(tx, id, guest);
			return { gesagt: 'gast', at: 'gaeste' };
		}),
	'gast-weg': (event) =>
		plain(event, 'gast', async (tx, id, typed) => {
			await removeGuest(tx, id, one(typed));
			return { gesagt: 'gast-weg', at: 'gaeste' };
		}),
	vorschlag: (event) =>
		form(event, 'vorschlag', NominationForm, async (tx, id, nomination) => {
			await nominate(tx, id, nomination);
			return { gesagt: 'vorschlag', at: `punkt-${nomination.item}` };
		}),
	'vorschlag-weg': (event) =>
		plain(event, 'vorschlag', async (tx, id, typed) => {
			await withdrawNomination(tx, id, one(typed));
			return { gesagt: 'vorschlag-weg' };
		}),
	zeigen: (event) =>
		plain(event, 'zeigen', async (tx) => {
			await publishAgenda(tx, event.params.slug, true);
			return { gesagt: 'sichtbar' };
		}),
	verbergen: (event) =>
		plain(event, 'zeigen', async (tx) => {
			await publishAgenda(tx, event.params.slug, false);
			return { gesagt: 'verborgen' };
		}),
	datei: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.convene');
		const data = await event.request.formData();
		const typed = typedOf(data);
		const file = data.get('datei');
		const refused = await orRefused('datei', typed, async () =>
			attachFile(ctx, {
				slug: event.params.slug,
				itemId: one(typed),
				name: file instanceof File ? file.name : '',
				bytes: file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array(),
				title: (typed.titel ?? '').trim().slice(0, 200),
				public: typed.oeffentlich === 'on',
			}),
		);
		return refused ?? back(event, { gesagt: 'datei', at: `punkt-${one(typed)}` });
	},
	'datei-weg': (event) => files(event, 'remove'),
	'datei-zeigen': (event) => files(event, { public: true }),
	'datei-verbergen': (event) => files(event, { public: false }),
};

interface Said {
	gesagt: string;
	at?: string;
}

async function files(event: Event, change: Parameters<typeof changeFile>[3]) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'council.convene');
	const typed = typedOf(await event.request.formData());
	await changeFile(ctx, event.params.slug, one(typed), change);
	return back(event, {
		gesagt: change === 'remove' ? 'datei-weg' : 'datei-stand',
		at: typed.punkt && `punkt-${typed.punkt}`,
	});
}

async function form<Schema extends z.ZodType>(
	event: Event,
	of: string,
	schema: Schema,
	work: (tx: WriteCtx, meetingId: string, given: z.output<Schema>, typed: Typed) => Promise<Said>,
) {
	const { ctx } = event.locals;
	const session = await sessionBySlug(ctx, event.params.slug);
	const typed = typedOf(await event.request.formData());
	let said: Said = { gesagt: '' };
	const refused = await acted(of, schema, typed, async (given) => {
		said = await write(ctx, (tx) => work(tx, session.id, given, typed));
	});
	return refused ?? back(event, said);
}

async function plain(event: Event, of: string, work: (tx: WriteCtx, meetingId: string, typed: Typed) => Promise<Said>) {
	const { ctx } = event.locals;
	const session = await sessionBySlug(ctx, event.params.slug);
	const typed = typedOf(await event.request.formData());
	let said: Said = { gesagt: '' };
	const refused = await orRefused(of, typed, async () => {
		said = await write(ctx, (tx) => work(tx, session.id, typed));
	});
	return refused ?? back(event, said);
}

function one(typed: Typed): string {
	return isId(typed.id ?? '') ? typed.id! : '00000000-0000-0000-0000-000000000000';
}

function back(event: Event, { gesagt, at }: Said): never {
	const page = inLocale(`/sitzungen/${event.params.slug}/tagesordnung`, event.locals.ctx.locale);
	redirect(303, `${page}?gesagt=${gesagt}${at ? `#${at}` : ''}`);
}
