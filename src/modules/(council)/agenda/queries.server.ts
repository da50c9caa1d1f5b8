import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { writtenToTell } from '../votes/written/place.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { inheritedBy, suggestedNumber } from './inherited.server.ts';
import type { SessionRow } from './meetings.server.ts';
import { composeAgenda, type Origin } from './rules/compose.ts';
import type { ItemKind } from './rules/items.ts';
import { modeDoubt } from './rules/mode.ts';
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
		/** For each form of a session, what the rules have against it. */
		doubts: { hybrid: modeDoubt(profile, 'hybrid'), video: modeDoubt(profile, 'video') },
		items: [
			...items.map(({ title, origin, public: shown }) => ({ title, origin, public: shown })),
			...(await writtenToTell(ctx, body.id)),
		],
		guestPlaces: template.guests.reduce((sum, guest) => sum + (guest.officeId ? 1 : guest.places), 0),
	};
}

export interface EditedItem {
	id: string;
	number: string;
	kind: ItemKind;
	title: string;
	public: boolean;
	closedCode: string;
	closedBasis: string;
	neutralTitle: string;
	reporterOfficeId: string | null;
	reporter: string;
	/** Who holds the reporting office on the day of the session. */
	reporterHolder: string;
	reporterText: string;
	reviewsTasks: boolean;
	origin: Origin;
	removed: boolean;
	changeReason: string;
	secondConvening: boolean;
	papers: string[];
	files: { id: string; fileId: string; title: string; format: string; size: number; public: boolean }[];
	nominations: { id: string; name: string; note: string }[];
}

export interface OpenTask {
	id: string;
	what: string;
	who: string;
	due: string | null;
}

export interface EditedGuest {
	id: string;
	label: string;
	office: string;
	organisation: string;
	name: string;
	/** Who holds the office on that day. */
	holder: string;
}

/** The agenda as whoever makes it sees it: all items with everything about them, guests, open tasks. One query. */
export async function agendaInWork(
	ctx: Ctx,
	session: SessionRow,
): Promise<{ items: EditedItem[]; guests: EditedGuest[]; tasks: OpenTask[]; place: PlaceInWork }> {
	const body = ctx.body.id;
	const holder = (
		office: string,
	) => sql`coalesce((select string_agg(concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), ', ')
		from registry.office_holding h join registry.person p on p.body_id = h.body_id and p.id = h.person_id
		where h.body_id = ${body} and h.office_id = ${sql.raw(office)} and h.from_date <= ${session.date}::date
		and (h.until_date is null or h.until_date > ${session.date}::date)), '')`;
	const { rows } = await sql<{ items: EditedItem[]; guests: EditedGuest[]; tasks: OpenTask[]; place: PlaceInWork }>`
	select coalesce((select json_agg(json_build_object('id', i.id, 'number', i.number, 'kind', i.kind, 'title', i.title,
		'public', i.public, 'closedCode', i.closed_code, 'closedBasis', i.closed_basis, 'neutralTitle', i.neutral_title,
		'reporterOfficeId', i.reporter_office_id, 'reporter', coalesce(f.title, ''), 'reporterHolder', ${holder('i.reporter_office_id')},
		'reporterText', i.reporter_text, 'reviewsTasks', i.reviews_tasks, 'origin', i.origin, 'removed', i.removed,
		'changeReason', i.change_reason, 'secondConvening', i.second_convening,
		'papers', coalesce((select json_agg(m.reference order by m.reference) from council.paper_mention m
			where m.body_id = ${body} and m.agenda_item_id = i.id), '[]'),
		'files', coalesce((select json_agg(json_build_object('id', a.id, 'fileId', a.file_id, 'title', a.title, 'format', k.format,
			'size', k.size, 'public', a.public) order by a.position, a.title) from council.meeting_file a
			join kernel.file k on k.body_id = a.body_id and k.id = a.file_id
			where a.body_id = ${body} and a.agenda_item_id = i.id), '[]'),
		'nominations', coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name, 'note', n.note) order by n.position)
			from council.nomination n where n.body_id = ${body} and n.agenda_item_id = i.id), '[]')) order by i.position)
		from council.agenda_item i left join registry.office f on f.body_id = i.body_id and f.id = i.reporter_office_id
		where i.body_id = ${body} and i.meeting_id = ${session.id}), '[]') as items,
	coalesce((select json_agg(json_build_object('id', g.id, 'label', g.label, 'office', coalesce(f.title, ''),
		'organisation', coalesce(o.name, ''), 'name', g.name, 'holder', ${holder('g.office_id')}) order by g.position, g.id)
		from council.meeting_guest g left join registry.office f on f.body_id = g.body_id and f.id = g.office_id
		left join registry.organisation o on o.body_id = g.body_id and o.id = g.organisation_id
		where g.body_id = ${body} and g.meeting_id = ${session.id}), '[]') as guests,
	coalesce((select json_agg(json_build_object('id', t.id, 'what', t.what, 'who', t.who, 'due', t.due) order by t.due nulls last, t.id)
		from council.task t join council.meeting m on m.body_id = t.body_id and m.id = t.meeting_id
		where t.body_id = ${body} and t.state = 'open' and m.council_body_id = ${session.councilBodyId} and not m.cancelled
		and m.date < ${session.date}::date), '[]') as tasks,
	(select json_build_object('id', m.place_id, 'text', m.place_text, 'joinUrl', m.join_url, 'languageHelp', m.language_help)
		from council.meeting m where m.body_id = ${body} and m.id = ${session.id}) as place`.execute(ctx.db);
	return rows[0]!;
}

export interface PlaceInWork {
	id: string | null;
	text: string;
	joinUrl: string;
	languageHelp: string;
}

/** Organisations that may be given a guest place: not the bodies and groups of the council itself. */
export async function guestOrganisations(ctx: Pick<Ctx, 'db' | 'body'>): Promise<Choosable[]> {
	const { rows } = await sql<Choosable>`select id, name from registry.organisation o where o.body_id = ${ctx.body.id}
		and organisation_type in ('external', 'institution', 'other', 'department') and until_date is null
		order by name`.execute(ctx.db);
	return rows;
}
