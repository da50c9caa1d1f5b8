import { sql } from 'kysely';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay, formatList } from '#kernel/i18n/format.ts';
import { isLocale, type Locale } from '#kernel/i18n/locales.ts';
import { isId, newId } from '#kernel/ids.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { findAbsences, type AbsenceFinding } from './rules.ts';

interface Absence {
	councilBodyId: string;
	personId: string;
	date: Temporal.PlainDate;
	body: string;
}

/**
 * Judges an absence: unexcused, or not. When the body's number is reached, the finding is kept, the office sees it on its desk and
 * the member gets a letter; nothing else follows by itself (rulebook R1-18, GRE-17).
 * @returns the finding, or null where the body counts nothing
 * @throws NotFound, Forbidden
 */
export async function judgeAbsence(ctx: Ctx, attendanceId: string, unexcused: boolean): Promise<AbsenceFinding | null> {
	demand(ctx.actor, 'council.edit');
	if (!isId(attendanceId)) throw new NotFound('attendance');
	return write(ctx, async (tx) => {
		const absence = await absenceFor(tx, attendanceId);
		demand(tx.actor, 'council.edit', absence.councilBodyId);
		await tx.db
			.updateTable('council.attendance')
			.set({ unexcused_since: unexcused ? tx.today : null })
			.where('id', '=', attendanceId)
			.execute();
		tx.touch('council.councilBody', absence.councilBodyId, { act: unexcused ? 'unexcused' : 'excusedAfterwards' });
		if (!unexcused) {
			await tx.db.deleteFrom('council.absence_notice').where('attendance_id', '=', attendanceId).execute();
			return null;
		}
		const finding = await findingFor(tx, absence);
		if (finding?.reached) await tell(tx, attendanceId, absence, finding);
		return finding;
	});
}

async function absenceFor(tx: WriteCtx, id: string): Promise<Absence> {
	const { rows } =
		await sql<Absence>`select mt.council_body_id as "councilBodyId", a.person_id as "personId", mt.date, o.name as body
		from council.attendance a
		join council.meeting mt on mt.body_id = ${tx.body.id} and mt.id = a.meeting_id
		join registry.organisation o on o.body_id = ${tx.body.id} and o.id = mt.council_body_id
		where a.body_id = ${tx.body.id} and a.id = ${id} and a.person_id is not null
			and a.status in ('absent', 'excused') for update of a`.execute(tx.db);
	if (!rows[0]) throw new NotFound('attendance');
	return rows[0];
}

async function findingFor(tx: WriteCtx, { councilBodyId, personId, date }: Absence): Promise<AbsenceFinding | null> {
	const profile = await profileFor(tx, councilBodyId, date);
	if (!profile) return null;
	const { rows } = await sql<{ day: string }>`select mt.date::text as day from council.attendance a
		join council.meeting mt on mt.body_id = ${tx.body.id} and mt.id = a.meeting_id
		where a.body_id = ${tx.body.id} and a.person_id = ${personId} and mt.council_body_id = ${councilBodyId}
			and a.unexcused_since is not null`.execute(tx.db);
	return findAbsences(
		profile,
		rows.map(({ day }) => day),
		date,
	);
}

async function tell(tx: WriteCtx, attendanceId: string, absence: Absence, finding: AbsenceFinding): Promise<void> {
	const { councilBodyId, personId, body } = absence;
	const added = await tx.db
		.insertInto('council.absence_notice')
		.values({
			id: newId(),
			council_body_id: councilBodyId,
			person_id: personId,
			attendance_id: attendanceId,
			finding: JSON.stringify(finding),
			told_on: tx.today,
		})
		.onConflict((oc) => oc.columns(['body_id', 'attendance_id']).doNothing())
		.returning('id')
		.executeTakeFirst();
	if (!added) return;
	const person = await tx.db
		.selectFrom('registry.person')
		.select(['email', 'locale'])
		.where('id', '=', personId)
		.executeTakeFirstOrThrow();
	if (!person.email) return;
	const locale = isLocale(person.locale) ? person.locale : 'de';
	await queueMail(tx, {
		to: person.email,
		personId,
		locale,
		...inLanguage(locale, () => letter(body, finding, locale)),
	});
}

function letter(body: string, finding: AbsenceFinding, locale: Locale) {
	const days = formatList(
		finding.days.map((day) => formatDay(day, 'long', locale)),
		locale,
	);
	return {
		subject: m.council_entry_absence_subject({ body }),
		...compose([
			{ kind: 'paragraph', text: m.council_entry_absence_text({ body, days }) },
			{ kind: 'paragraph', text: m.council_entry_absence_next() },
		]),
	};
}
