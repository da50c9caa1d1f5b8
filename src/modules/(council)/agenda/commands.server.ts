import { sql } from 'kysely';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { findOrAddPlace } from '#server/registry';
import { freeSlug } from '../commands/slug.server.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { placeWritten } from '../votes/written/place.server.ts';
import { insertItem, putInOrder } from './items.server.ts';
import { inheritedBy, suggestedNumber } from './inherited.server.ts';
import { convening, spanOf } from './meetings.server.ts';
import { composeAgenda } from './rules/compose.ts';
import { titleFrom } from './rules/numbering.ts';
import type { NewMeeting } from './schema.ts';
import { templateOf, type Template } from './template.server.ts';

/**
 * Creates a session with the agenda its body's template gives it, what earlier sessions left open, and the standing guests.
 * The form's id makes it safe to send twice.
 * @returns the slug
 * @throws NotFound, Forbidden, RuleViolation `council_agenda_fault_profile` where no rule profile covers the day,
 * `council_agenda_fault_joint` for a joint session with nobody
 */
export async function createMeeting(ctx: Ctx, form: NewMeeting): Promise<string> {
	demand(ctx.actor, 'council.convene');
	return write(ctx, async (tx) => {
		const body = await bodyBySlug(tx, form.body);
		demand(tx.actor, 'council.convene', body.id);
		const known = await tx.db.selectFrom('council.meeting').select('slug').where('id', '=', form.id).executeTakeFirst();
		if (known) return known.slug;
		const date = Temporal.PlainDate.from(form.date);
		const profile = await profileFor(tx, body.id, date);
		if (!profile) throw new RuleViolation('council_agenda_fault_profile', {}, 'date');
		const open = form.public && form.kind !== 'retreat' && profile.rules.publicness === 'public';
		const template = await templateOf(tx, body.id);
		const slug = await insertMeeting(tx, form, { body, date, open, template });
		if (form.kind === 'joint') await joinBody(tx, form, body);
		await convening(tx, form.id, { reminder_days: template.reminderDays });
		const items = composeAgenda(template.lines, await inheritedBy(tx, body.id, date, open));
		for (const item of items) {
			const itemId = await insertItem(tx, form.id, item);
			if (item.proposalKey)
				await tx.emit('council.proposalTaken', { key: item.proposalKey, itemId, meetingId: form.id });
		}
		await putInOrder(tx, form.id);
		await addStandingGuests(tx, form.id, template);
		await placeWritten(tx, body.id, form.id);
		tx.touch('council.meeting', form.id, {
			act: 'planned',
			fields: { date: form.date, kind: form.kind, items: items.length },
		});
		return slug;
	});
}

interface Body {
	id: string;
	name: string;
}

/**
 * The other body of a joint session: its members are invited and listed, its quorum and votes are its own (rulebook, section 2).
 * @throws RuleViolation `council_agenda_fault_joint` when none is named, Forbidden for one that the actor may not convene
 */
async function joinBody(tx: WriteCtx, form: NewMeeting, leading: Body): Promise<void> {
	if (!form.with) throw new RuleViolation('council_agenda_fault_joint', {}, 'with');
	const other = await bodyBySlug(tx, form.with);
	if (other.id === leading.id) throw new RuleViolation('council_agenda_fault_joint', {}, 'with');
	demand(tx.actor, 'council.convene', other.id);
	await tx.db.insertInto('council.meeting_body').values({ meeting_id: form.id, council_body_id: other.id }).execute();
}

async function bodyBySlug(tx: WriteCtx, slug: string): Promise<Body> {
	// Locked, so that two sessions created at once get two numbers.
	const { rows } = await sql<Body>`select cb.id, o.name from council.council_body cb
		join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${tx.body.id} and cb.slug = ${slug} for update of cb`.execute(tx.db);
	if (!rows[0]) throw new NotFound('council body');
	return rows[0];
}

async function insertMeeting(
	tx: WriteCtx,
	form: NewMeeting,
	{ body, date, open, template }: { body: Body; date: Temporal.PlainDate; open: boolean; template: Template },
): Promise<string> {
	// Two sessions planned at once must not take the same address.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} meeting slug`}, 0))`.execute(tx.db);
	const slug = await freeSlug(tx, date);
	const number =
		form.kind === 'regular'
			? (form.number ?? (await suggestedNumber(tx, body.id, date, template.numbering, open)))
			: form.number;
	const { startsAt, endsAt } = spanOf(tx, date, form.start, form.end);
	const title =
		form.title ||
		(number === null
			? ''
			: titleFrom(template.titlePattern, { number, public: open, year: date.year, body: body.name }));
	await tx.db
		.insertInto('council.meeting')
		.values({
			id: form.id,
			council_body_id: body.id,
			slug,
			number,
			kind: form.kind,
			title,
			state: 'planned',
			public: open,
			date,
			starts_at: startsAt,
			ends_at: endsAt,
			...(await placeOf(tx, form)),
			mode: form.mode,
			join_url: form.joinUrl,
			language_help: form.languageHelp,
		})
		.execute();
	return slug;
}

/** The chosen place, or a new one with room and accessibility; a chair without the register's right names it in words. */
export async function placeOf(
	tx: WriteCtx,
	form: Pick<NewMeeting, 'place' | 'placeName' | 'room' | 'street' | 'accessibility'>,
): Promise<{ place_id: string | null; place_text: string }> {
	const { placeName: name, room, street, accessibility } = form;
	if (name && !may(tx.actor, 'registry.edit'))
		return { place_id: null, place_text: [name, room, street, accessibility].filter(Boolean).join(', ') };
	if (name) return { place_id: await findOrAddPlace(tx, { name, room, street, accessibility }), place_text: '' };
	if (!form.place) return { place_id: null, place_text: '' };
	const known = await tx.db.selectFrom('registry.place').select('id').where('id', '=', form.place).executeTakeFirst();
	return { place_id: known?.id ?? null, place_text: '' };
}

async function addStandingGuests(tx: WriteCtx, meetingId: string, { guests }: Template): Promise<void> {
	const places = guests.flatMap((guest) => Array.from({ length: guest.officeId ? 1 : guest.places }, () => guest));
	for (const [position, { label, officeId }] of places.entries()) {
		await tx.db
			.insertInto('council.meeting_guest')
			.values({
				id: newId(),
				meeting_id: meetingId,
				position,
				label,
				office_id: officeId,
				invited_by_person_id: tx.actor.personId,
			})
			.execute();
	}
}
