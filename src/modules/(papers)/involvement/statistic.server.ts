import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { matterRows } from './matters.server.ts';
import { factsOf } from './requests.server.ts';
import type { HalfYear } from './rules/half-year.ts';
import { askedInTime, daysUntilInformed, earliness } from './rules/milestones.ts';
import { inTime, standingOf } from './rules/standing.ts';
import { statisticOf, type Statistic, type Unit } from './rules/statistic.ts';
import type { Form } from './rules/triggers.ts';
import type { InvolvementRow, MatterRow, OmissionCode } from './view.ts';

/** Share of the matters found not relevant that commissioners look at (section 4). */
const SAMPLE = 0.1;

export interface HalfYearView {
	coSign: Statistic;
	/** The council's consultation is another object with a statistic of its own (R4-09). */
	consult: Statistic;
	notRelevant: { count: number; byDepartment: number; byOffice: number };
	/** Matters where somebody was left out: what they are about and why, never who. */
	omitted: { matterId: string; title: string; code: OmissionCode; supplied: boolean }[];
	/** The same matters for everybody who looks, and at every look. */
	sample: { title: string; department: string; reason: string; on: string }[];
}

/** The compliance statistic of the matters opened in half a year. Two queries. */
export async function halfYearView(ctx: Ctx, half: HalfYear): Promise<HalfYearView> {
	demand(ctx.actor, 'papers.involvement.statistic');
	const opened = sql<boolean>`m.opened_on >= ${half.from}::date and m.opened_on < ${half.until}::date`;
	const matters = await matterRows(ctx, opened);
	const notRelevant = await foundIrrelevant(ctx, half);
	const omitted = matters.flatMap((matter) =>
		matter.involvements
			.filter(({ omittedCode, form }) => omittedCode !== null && form === 'coSign')
			.map(({ omittedCode, requests }) => ({
				matterId: matter.id,
				title: matter.title,
				code: omittedCode!,
				supplied: requests.length > 0,
			})),
	);
	return {
		coSign: statisticOf(unitsOf(matters, 'coSign', ctx.today.toString())),
		consult: statisticOf(unitsOf(matters, 'consult', ctx.today.toString())),
		notRelevant: {
			count: notRelevant.length,
			byDepartment: notRelevant.filter((row) => row.as === 'department').length,
			byOffice: notRelevant.filter((row) => row.as === 'office').length,
		},
		omitted,
		sample: sampleOf(notRelevant, `${ctx.body.id} ${half.key}`).map(({ title, department, reason, on }) => ({
			title,
			department,
			reason,
			on,
		})),
	};
}

/**
 * What counts: involvements of one form, with how they stand today. A matter withdrawn before anybody was asked owes nothing;
 * one withdrawn afterwards counts as asked (section 4, edge cases).
 */
export function unitsOf(matters: readonly MatterRow[], form: Form, today: string): Unit[] {
	return matters.flatMap((matter) =>
		matter.involvements
			.filter((one) => one.form === form && (!matter.withdrawn || one.requests.length > 0))
			.map((one) => unitOf(matter, one, today)),
	);
}

function unitOf(matter: MatterRow, involvement: InvolvementRow, today: string): Unit {
	const { requests, omittedCode, omittedOn } = involvement;
	const [first] = requests;
	const last = requests.at(-1);
	const requestedInTime = first !== undefined && askedInTime(first.requestedOn, matter, omittedOn);
	return {
		department: matter.department,
		type: matter.type,
		requested: first !== undefined,
		requestedInTime,
		informedInTime: earliness(matter, today) === 'early',
		informedAfter: daysUntilInformed(matter, today),
		omitted: omittedCode,
		standing: last ? standingOf(factsOf(last), today, null) : null,
		// what is supplied after the draft was final, approved or decided is late, however fast the answer came
		answeredInTime: requestedInTime && last?.state === 'answered' && inTime(last),
		answeredAfter: last?.answeredOn ? daysBetween(last.requestedOn, last.answeredOn) : null,
		takenUp: last?.takenUp ?? null,
	};
}

function daysBetween(from: string, to: string): number {
	return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

interface Irrelevant {
	id: string;
	title: string;
	department: string;
	reason: string;
	on: string;
	as: 'department' | 'office';
}

async function foundIrrelevant({ db, body }: Ctx, half: HalfYear): Promise<Irrelevant[]> {
	const { rows } = await sql<Irrelevant>`select m.id, m.title, d.name as department, a.reason, a.decided_as as "as",
		(a.decided_at at time zone ${body.timeZone})::date::text as on from papers.matter m
		join registry.organisation d on d.body_id = m.body_id and d.id = m.department_id
		join lateral (select x.reason, x.decided_as, x.decided_at from papers.matter_relevance x
			where x.body_id = m.body_id and x.matter_id = m.id order by x.decided_at desc, x.id desc limit 1) a on true
		where m.body_id = ${body.id} and not m.relevant and m.state = 'open'
		and m.opened_on >= ${half.from}::date and m.opened_on < ${half.until}::date order by m.id`.execute(db);
	return rows;
}

/** One in ten by chance, at least one; the chance is drawn from the matter's id, so nobody can draw again. */
export function sampleOf<Row extends { id: string }>(rows: readonly Row[], seed: string): Row[] {
	const drawn = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
	return rows
		.map((row) => ({ row, lot: drawn(row.id) }))
		.toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
		.slice(0, Math.ceil(rows.length * SAMPLE))
		.map(({ row }) => row);
}
