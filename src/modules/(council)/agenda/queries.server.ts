import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { inheritedBy, suggestedNumber } from './inherited.server.ts';
import { composeAgenda } from './rules/compose.ts';
import { titleFrom } from './rules/numbering.ts';
import { templateOf } from './template.server.ts';

export interface Choosable {
	id: string;
	name: string;
}

export interface ConvenedBody extends Choosable {
	slug: string;
}

/** Bodies that this actor may convene. @throws NotFound, Forbidden */
export async function bodiesToConvene(ctx: Ctx): Promise<ConvenedBody[]> {
	demand(ctx.actor, 'council.convene');
	const { rows } = await sql<ConvenedBody>`select cb.id, cb.slug, o.name from council.council_body cb
		join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${ctx.body.id} order by cb.kind = 'council' desc, o.name`.execute(ctx.db);
	return rows.filter(({ id }) => may(ctx.actor, 'council.convene', id));
}

export interface PlaceChoice extends Choosable {
	accessibility: string;
}

/** Places of the register, with room and street as one reads them. */
export async function placeChoices(ctx: Pick<Ctx, 'db' | 'body'>): Promise<PlaceChoice[]> {
	const { rows } =
		await sql<PlaceChoice>`select id, concat_ws(', ', name, nullif(room, ''), nullif(street, '')) as name, accessibility
		from registry.place where body_id = ${ctx.body.id} order by name, room`.execute(ctx.db);
	return rows;
}

/** Offices whose holder may report or be invited, with who holds them on a day. */
export async function officeChoices(
	ctx: Pick<Ctx, 'db' | 'body'>,
	day: Temporal.PlainDate,
): Promise<(Choosable & { holder: string })[]> {
	const { rows } = await sql<Choosable & { holder: string }>`select f.id, f.title as name,
		coalesce((select string_agg(concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), ', ' order by h.from_date)
			from registry.office_holding h join registry.person p on p.body_id = h.body_id and p.id = h.person_id
			where h.body_id = f.body_id and h.office_id = f.id and h.from_date <= ${day}::date
			and (h.until_date is null or h.until_date > ${day}::date)), '') as holder
		from registry.office f where f.body_id = ${ctx.body.id} order by f.title`.execute(ctx.db);
	return rows;
}

/** What a new session of a body on a day starts with: shown before it is made. @throws NotFound, Forbidden */
export async function suggestion(ctx: Ctx, bodySlug: string, date: string, isPublic: boolean | null) {
	const body = (await bodiesToConvene(ctx)).find(({ slug }) => slug === bodySlug);
	if (!body) throw new NotFound('council body');
	const day = Temporal.PlainDate.from(date);
	const profile = await profileFor(ctx, body.id, day);
	const open = isPublic ?? profile?.rules.publicness !== 'closed';
	const template = await templateOf(ctx, body.id);
	const number = await suggestedNumber(ctx, body.id, day, template.numbering, open);
	const items = composeAgenda(template.lines, await inheritedBy(ctx, body.id, day, open));
	const start = Temporal.PlainTime.from(template.start);
	return {
		body,
		date,
		hasProfile: profile !== undefined,
		public: open,
		number,
		title: titleFrom(template.titlePattern, { number, public: open, year: day.year, body: body.name }),
		start: template.start,
		end: start.add({ minutes: template.minutes }).toString({ smallestUnit: 'minute' }),
		place: template.placeId ?? '',
		mode: template.mode,
		items: items.map(({ title, origin, public: shown }) => ({ title, origin, public: shown })),
		guestPlaces: template.guests.reduce((sum, guest) => sum + (guest.officeId ? 1 : guest.places), 0),
	};
}
