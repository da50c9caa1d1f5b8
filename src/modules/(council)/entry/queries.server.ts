import { sql, type RawBuilder } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { question, type Question } from '#kernel/db/questions.ts';
import { NotFound } from '#kernel/errors.ts';
import { hashToken } from '#kernel/identity/token.ts';
import * as m from '#messages';
import { Rules } from '../rules/profile.ts';
import { profileFor } from '../structure/profiles.server.ts';
import { strengthOf, type ApplicationState, type Declaration, type Strength } from './rules.ts';
import { Confirmed, Declarations, OnboardingList } from './schema.ts';

/** A body by its address, as far as the pages of this room need it. @throws NotFound */
export async function entryBody(ctx: Ctx, slug: string): Promise<{ id: string; slug: string; name: string }> {
	const row = await ctx.db
		.selectFrom('council.council_body as cb')
		.innerJoin('registry.organisation as o', 'o.id', 'cb.id')
		.select(['cb.id', 'cb.slug', 'o.name'])
		.where('cb.slug', '=', slug)
		.executeTakeFirst();
	if (!row) throw new NotFound('council body');
	return row;
}

export interface EntryRules {
	/** ISO days; null without a call. */
	callFrom: string | null;
	callUntil: string | null;
	declarations: Declaration[];
	onboarding: { key: string; text: string }[];
}

/** What a body asks of applicants and new members; a body that has set nothing asks what most statutes ask (R1-04, R1-20). */
export async function entryRules(ctx: Pick<Ctx, 'db'>, councilBodyId: string): Promise<EntryRules> {
	const row = await ctx.db
		.selectFrom('council.entry_rules')
		.selectAll()
		.where('council_body_id', '=', councilBodyId)
		.executeTakeFirst();
	const declarations = Declarations.parse(row?.declarations ?? []);
	const onboarding = OnboardingList.parse(row?.onboarding ?? []);
	return {
		callFrom: row?.call_from?.toString() ?? null,
		callUntil: row?.call_until?.toString() ?? null,
		declarations: declarations.length ? declarations : usualDeclarations(),
		onboarding: onboarding.length ? onboarding : usualOnboarding(),
	};
}

function usualDeclarations(): Declaration[] {
	return [
		{ key: 'age', text: m.council_entry_declare_age({}, { locale: 'de' }), citation: '' },
		{ key: 'residence', text: m.council_entry_declare_residence({}, { locale: 'de' }), citation: '' },
		{ key: 'migration', text: m.council_entry_declare_migration({}, { locale: 'de' }), citation: '' },
		{ key: 'lawful', text: m.council_entry_declare_lawful({}, { locale: 'de' }), citation: '' },
	];
}

function usualOnboarding(): { key: string; text: string }[] {
	return [
		{ key: 'duties', text: m.council_entry_onboard_duties({}, { locale: 'de' }) },
		{ key: 'secrecy', text: m.council_entry_onboard_secrecy({}, { locale: 'de' }) },
		{ key: 'statute', text: m.council_entry_onboard_statute({}, { locale: 'de' }) },
		{ key: 'workshop', text: m.council_entry_onboard_workshop({}, { locale: 'de' }) },
		{ key: 'signIn', text: m.council_entry_onboard_sign_in({}, { locale: 'de' }) },
	];
}

/** May somebody apply today? */
export function callOpen({ callFrom, callUntil }: EntryRules, today: Temporal.PlainDate): boolean {
	const day = today.toString();
	return callFrom !== null && callUntil !== null && callFrom <= day && day <= callUntil;
}

export interface ApplicationRow {
	id: string;
	name: string;
	email: string;
	phone: string;
	motivation: string;
	locale: string;
	confirmed: Record<string, string>;
	state: ApplicationState;
	receivedOn: string;
	decidedOn: string | null;
}

/** All applications of a body, the newest call last. @throws NotFound, Forbidden without `council.edit` */
export async function applicationRows(ctx: Ctx, councilBodyId: string): Promise<ApplicationRow[]> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const rows = await ctx.db
		.selectFrom('council.application')
		.selectAll()
		.where('council_body_id', '=', councilBodyId)
		.orderBy('received_on')
		.orderBy('id')
		.execute();
	return rows.map(toRow);
}

/** An application by the secret address of its receipt. @throws NotFound */
export async function applicationByToken(
	ctx: Ctx,
	token: string,
): Promise<ApplicationRow & { councilBodyId: string; bodyName: string; bodySlug: string }> {
	const row = await ctx.db
		.selectFrom('council.application as a')
		.innerJoin('council.council_body as cb', 'cb.id', 'a.council_body_id')
		.innerJoin('registry.organisation as o', 'o.id', 'cb.id')
		.selectAll('a')
		.select(['o.name as body_name', 'cb.slug as body_slug'])
		.where('a.token_hash', '=', hashToken(token))
		.executeTakeFirst();
	if (!row) throw new NotFound('application');
	return { ...toRow(row), councilBodyId: row.council_body_id, bodyName: row.body_name, bodySlug: row.body_slug };
}

interface ApplicationRecord {
	id: string;
	name: string;
	email: string;
	phone: string;
	motivation: string;
	locale: string;
	confirmed: unknown;
	state: string;
	received_on: Temporal.PlainDate;
	decided_on: Temporal.PlainDate | null;
}

function toRow(row: ApplicationRecord): ApplicationRow {
	const { id, name, email, phone, motivation, locale } = row;
	return {
		id,
		name,
		email,
		phone,
		motivation,
		locale,
		confirmed: Confirmed.parse(row.confirmed),
		state: row.state as ApplicationState,
		receivedOn: row.received_on.toString(),
		decidedOn: row.decided_on?.toString() ?? null,
	};
}

export interface TermStep {
	id: string;
	key: string;
	title: string;
	due: string;
	doneOn: string | null;
}

/** The steps of the new term, in the order of their days. @throws NotFound, Forbidden without `council.edit` */
export async function termSteps(ctx: Ctx, councilBodyId: string): Promise<TermStep[]> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const rows = await ctx.db
		.selectFrom('council.term_step')
		.select(['id', 'key', 'title', 'due', 'done_on'])
		.where('council_body_id', '=', councilBodyId)
		.orderBy('due')
		.orderBy('position')
		.execute();
	return rows.map(({ done_on, due, ...row }) => ({
		...row,
		due: due.toString(),
		doneOn: done_on?.toString() ?? null,
	}));
}

export interface OnboardingRow {
	membershipId: string;
	personId: string;
	name: string;
	/** Empty while designated. */
	from: string | null;
	done: Record<string, string>;
}

/** Voting members and those designated, with the steps each has done; a member sees the own row only. One query. */
export async function onboardingRows(ctx: Ctx, councilBodyId: string, own: boolean): Promise<OnboardingRow[]> {
	if (!own) demand(ctx.actor, 'council.edit', councilBodyId);
	const { rows } = await sql<OnboardingRow>`
		select m.id as "membershipId", m.person_id as "personId",
			concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name, m.from_date::text as "from",
			coalesce((select json_object_agg(s.key, s.done_on) from council.onboarding_step s
				where s.body_id = ${ctx.body.id} and s.membership_id = m.id), '{}') as done
		from registry.membership m join registry.person p on p.body_id = ${ctx.body.id} and p.id = m.person_id
		where m.body_id = ${ctx.body.id} and m.organisation_id = ${councilBodyId} and m.kind in ('member', 'advisory')
			and (m.until_date is null or m.until_date > ${ctx.today}::date)
			and (${!own} or m.person_id = ${ctx.actor.personId})
		order by m.from_date is not null, m.from_date desc, p.family_name, p.given_name`.execute(ctx.db);
	return rows;
}

/** Seats and filled seats with a vote today, held against the profile; null without a profile. Two queries. */
export async function bodyStrength(ctx: Ctx, councilBodyId: string): Promise<Strength | null> {
	const profile = await profileFor(ctx, councilBodyId, ctx.today);
	if (!profile) return null;
	const { rows } = await seatsOf(ctx, sql`${councilBodyId}`).execute(ctx.db);
	const seats = rows[0]!;
	return seats.statutory ? strengthOf(profile, seats) : null;
}

interface Seats {
	statutory: number;
	filled: number;
}

/** Seats with a vote of a body, and those that are filled today. */
const seatsOf = (
	ctx: Ctx,
	councilBody: RawBuilder<unknown>,
) => sql<Seats>`select count(*)::int as statutory, count(*) filter (where exists (select from council.seat_filling f
			where f.body_id = ${ctx.body.id} and f.seat_id = s.id and f.from_date <= ${ctx.today}::date
			and (f.until_date is null or f.until_date > ${ctx.today}::date)))::int as filled
		from council.seat s where s.body_id = ${ctx.body.id} and s.council_body_id = ${councilBody} and s.voting
			and s.from_date <= ${ctx.today}::date and (s.until_date is null or s.until_date > ${ctx.today}::date)`;

export interface AbsenceRow {
	attendanceId: string;
	personId: string;
	name: string;
	date: string;
	slug: string;
	status: 'absent' | 'excused';
	unexcused: boolean;
	told: string | null;
}

/** Absences of voting members in the last months, the newest first. @throws NotFound, Forbidden without `council.edit` */
export async function absenceRows(ctx: Ctx, councilBodyId: string, months: number): Promise<AbsenceRow[]> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const { rows } = await sql<AbsenceRow>`
		select a.id as "attendanceId", a.person_id as "personId", a.name, mt.date::text as date, mt.slug, a.status,
			a.unexcused_since is not null as unexcused, n.told_on::text as told
		from council.attendance a
		join council.meeting mt on mt.body_id = ${ctx.body.id} and mt.id = a.meeting_id
		left join council.absence_notice n on n.body_id = ${ctx.body.id} and n.attendance_id = a.id
		where a.body_id = ${ctx.body.id} and mt.council_body_id = ${councilBodyId} and a.voting
			and a.status in ('absent', 'excused') and a.person_id is not null
			and mt.state in ('held', 'minutesSigned') and mt.date > ${ctx.today.subtract({ months })}::date
		order by mt.date desc, a.position`.execute(ctx.db);
	return rows;
}

/** Bodies with too few members to be sure of a quorum, for the desk of the office. */
export function weakBodies(ctx: Ctx): Question<{ name: string; slug: string; strength: Strength }[]> {
	const select = sql<{ name: string; slug: string; rules: unknown; seats: Seats }>`select o.name, cb.slug,
		(select to_json(x) from (${seatsOf(ctx, sql`cb.id`)}) x) as seats,
		(select p.rules from council.rule_profile p where p.body_id = cb.body_id and p.council_body_id = cb.id
			and p.from_date <= ${ctx.today}::date and (p.until_date is null or p.until_date > ${ctx.today}::date)
			order by p.from_date desc limit 1) as rules
		from council.council_body cb join registry.organisation o on o.body_id = cb.body_id and o.id = cb.id
		where cb.body_id = ${ctx.body.id} and cb.kind = 'council' order by o.name, cb.id`;
	return question(select, (rows) =>
		rows.flatMap(({ name, slug, rules, seats }) => {
			if (!rules || !seats.statutory) return [];
			const strength = strengthOf({ rules: Rules.parse(rules) }, seats);
			return strength.risk === 'none' ? [] : [{ name, slug, strength }];
		}),
	);
}
