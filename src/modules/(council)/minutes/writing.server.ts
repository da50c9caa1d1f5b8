import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { isFixed } from './rules/states.ts';
import { isSentence, unknownPlaceholders, type Gender, type StyleName } from './rules/style.ts';
import { lockMinutes, type LockedMinutes } from './store.server.ts';

/** Minutes that may still be written. @throws RuleViolation `council.minutesFixed` */
export async function writable(tx: WriteCtx, slug: string): Promise<LockedMinutes> {
	const minutes = await lockMinutes(tx, slug, 'council.edit');
	if (isFixed(minutes.state)) throw new RuleViolation('council.minutesFixed');
	return minutes;
}

export async function demandItem(tx: WriteCtx, minutes: LockedMinutes, itemId: string): Promise<void> {
	const found =
		isId(itemId) &&
		(await tx.db
			.selectFrom('council.agenda_item')
			.select('id')
			.where('id', '=', itemId)
			.where('meeting_id', '=', minutes.meetingId)
			.executeTakeFirst());
	if (!found) throw new NotFound('item');
}

/** Words that go into the minutes as they were spoken (R2-60). The same words of the same person twice are one statement. */
export async function addStatement(
	ctx: Ctx,
	slug: string,
	{ itemId, name, text }: { itemId: string; name: string; text: string },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, itemId);
		if (!name.trim()) throw new RuleViolation('council.minutes.nameMissing', {}, 'name');
		if (!text.trim()) throw new RuleViolation('council.minutes.textMissing', {}, 'text');
		const id = newId();
		await sql`insert into council.minutes_statement (body_id, id, agenda_item_id, position, name, text)
			select ${tx.body.id}, ${id}, ${itemId}, coalesce(max(position) + 1, 0), ${name.trim()}, ${text.trim()}
			from council.minutes_statement where body_id = ${tx.body.id} and agenda_item_id = ${itemId}
			having not coalesce(bool_or(name = ${name.trim()} and text = ${text.trim()}), false)`.execute(tx.db);
		tx.touch('council.minutes', minutes.id, { act: 'statementAdded', fields: { item: itemId } });
	});
}

export async function removeStatement(
	ctx: Ctx,
	slug: string,
	{ itemId, position }: { itemId: string; position: number },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		await demandItem(tx, minutes, itemId);
		await sql`delete from council.minutes_statement where body_id = ${tx.body.id} and id = (
			select id from council.minutes_statement where body_id = ${tx.body.id} and agenda_item_id = ${itemId}
			order by position offset ${position} limit 1)`.execute(tx.db);
		tx.touch('council.minutes', minutes.id, { act: 'statementRemoved', fields: { item: itemId } });
	});
}

/** Says a standard sentence otherwise in this session; `null` gives the template's sentence back, an empty text leaves it out. */
export async function saySentence(
	ctx: Ctx,
	slug: string,
	{ key, text }: { key: string; text: string | null },
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		const on = { meeting_id: minutes.meetingId, key: key.slice(0, 200) };
		if (text === null)
			await tx.db
				.deleteFrom('council.minutes_sentence')
				.where('meeting_id', '=', on.meeting_id)
				.where('key', '=', on.key)
				.execute();
		else
			await tx.db
				.insertInto('council.minutes_sentence')
				.values({ ...on, text: text.trim() })
				.onConflict((row) => row.columns(['body_id', 'meeting_id', 'key']).doUpdateSet({ text: text.trim() }))
				.execute();
		tx.touch('council.minutes', minutes.id, { act: 'sentenceSaid', fields: { key } });
	});
}

/**
 * Settles whose presence nobody knows: by the row of the list, or by the person of the register whom the list lacks
 * (SIT-03, SIT-31). Who is not named here stays as they are.
 */
export async function settleAttendance(
	ctx: Ctx,
	slug: string,
	settled: { id: string; status: 'present' | 'remote' | 'excused' | 'absent' }[],
): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await writable(tx, slug);
		for (const { id, status } of settled) {
			if (!isId(id)) throw new NotFound('attendance');
			const { rows } = await sql<{ id: string }>`update council.attendance set status = ${status}
				where body_id = ${tx.body.id} and meeting_id = ${minutes.meetingId} and id = ${id} returning id`.execute(tx.db);
			if (!rows.length) await addFromRegister(tx, minutes, id, status);
		}
		tx.touch('council.meeting', minutes.meetingId, { act: 'attendanceSettled', fields: { rows: settled.length } });
	});
}

async function addFromRegister(tx: WriteCtx, minutes: LockedMinutes, personId: string, status: string): Promise<void> {
	await sql`insert into council.attendance (body_id, id, meeting_id, position, person_id, name, organisation, seat_id, voting, status)
		select ${tx.body.id}, ${newId()}, ${minutes.meetingId},
			(select coalesce(max(a.position) + 1, 0) from council.attendance a where a.body_id = ${tx.body.id} and a.meeting_id = ${minutes.meetingId}),
			p.id, concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name), coalesce(nullif(b.short_name, ''), b.name, ''),
			(select f.seat_id from council.seat_filling f where f.body_id = ${tx.body.id} and f.membership_id = ms.id
				and f.from_date <= ${minutes.date}::date and (f.until_date is null or f.until_date > ${minutes.date}::date) limit 1),
			ms.voting_right, ${status}
		from registry.membership ms join registry.person p on p.body_id = ${tx.body.id} and p.id = ms.person_id
		left join registry.organisation b on b.body_id = ${tx.body.id} and b.id = ms.on_behalf_of_id
		where ms.body_id = ${tx.body.id} and ms.person_id = ${personId} and ms.organisation_id = ${minutes.councilBodyId}
			and ms.kind = 'member' and not exists (select from council.attendance a where a.body_id = ${tx.body.id}
				and a.meeting_id = ${minutes.meetingId} and a.person_id = ms.person_id)
		limit 1`.execute(tx.db);
}

/** A comment on the draft, by the chair or the office; under an item or on the whole. */
export async function comment(
	ctx: Ctx,
	slug: string,
	{ itemId, text }: { itemId: string | null; text: string },
): Promise<void> {
	demand(ctx.actor, 'council.minutes.review');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.minutes.review');
		if (!text.trim()) throw new RuleViolation('council.minutes.textMissing', {}, 'text');
		if (itemId) await demandItem(tx, minutes, itemId);
		const same = await tx.db
			.selectFrom('council.minutes_comment')
			.select('id')
			.where('minutes_id', '=', minutes.id)
			.where('text', '=', text.trim())
			.where('settled_at', 'is', null)
			.executeTakeFirst();
		if (same) return;
		await tx.db
			.insertInto('council.minutes_comment')
			.values({
				id: newId(),
				minutes_id: minutes.id,
				agenda_item_id: itemId,
				person_id: tx.actor.personId,
				name: tx.actor.name ?? '',
				text: text.trim(),
				written_at: tx.now,
			})
			.execute();
		tx.touch('council.minutes', minutes.id, { act: 'commented' });
	});
}

/** Marks a comment as settled, or opens it again. */
export async function settleComment(
	ctx: Ctx,
	slug: string,
	{ id, open }: { id: string; open: boolean },
): Promise<void> {
	demand(ctx.actor, 'council.minutes.review');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.minutes.review');
		if (!isId(id)) throw new NotFound('comment');
		const done = await tx.db
			.updateTable('council.minutes_comment')
			.set({ settled_at: open ? null : tx.now })
			.where('id', '=', id)
			.where('minutes_id', '=', minutes.id)
			.executeTakeFirst();
		if (!done.numUpdatedRows) throw new NotFound('comment');
		tx.touch('council.minutes', minutes.id, { act: open ? 'commentReopened' : 'commentSettled' });
	});
}

export interface StyleChoice {
	style: StyleName;
	gender: Gender;
	sentences: Record<string, string>;
}

/**
 * The house style of a body. The gendered form is the town's: it is set for all of its bodies at once.
 * @throws RuleViolation `council.minutes.placeholder` when a sentence asks for a value it is never given
 */
export async function setStyle(
	ctx: Ctx,
	councilBodyId: string,
	{ style, gender, sentences }: StyleChoice,
): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	for (const [key, text] of Object.entries(sentences)) {
		if (!isSentence(key)) continue;
		const [unknown] = unknownPlaceholders(key, text);
		if (unknown) throw new RuleViolation('council.minutes.placeholder', { name: unknown }, key);
	}
	await write(ctx, async (tx) => {
		const row = { style, gender, sentences: JSON.stringify(sentences) };
		await tx.db
			.insertInto('council.minutes_style')
			.values({ council_body_id: councilBodyId, ...row })
			.onConflict((on) => on.columns(['body_id', 'council_body_id']).doUpdateSet(row))
			.execute();
		await sql`insert into council.minutes_style (body_id, council_body_id, style, gender)
			select body_id, id, case when kind in ('board', 'roundTable', 'workingGroup') then 'roundTable' else 'results' end, ${gender}
			from council.council_body where body_id = ${tx.body.id}
			on conflict (body_id, council_body_id) do update set gender = excluded.gender`.execute(tx.db);
		tx.touch('council.councilBody', councilBodyId, { act: 'minutesStyle', fields: { style, gender } });
	});
}
