import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';
import { personalHash } from './canonical.ts';
import { entriesOfDay } from './entries.ts';
import { computeSeal, readSeals, type Seal } from './seal.ts';

export interface AuditProblem {
	/**
	 * `entries`: an entry of that day was changed, added or removed. `chain`: a seal does not follow the one before.
	 * `unsealed`: entries of a day that lies before a sealed one. `values`: personal values do not fit their entry.
	 * `known`: the seal differs from the one that was noted elsewhere, or is gone.
	 */
	kind: 'entries' | 'chain' | 'unsealed' | 'values' | 'known';
	day: Temporal.PlainDate;
	entryId?: string;
}

export interface AuditReport {
	ok: boolean;
	sealedDays: number;
	entries: number;
	/** Entries whose personal values were erased; lawful, and no problem. */
	erased: number;
	/** Entries since the newest seal. */
	waiting: number;
	newest: Seal | undefined;
	problems: AuditProblem[];
}

/**
 * Recomputes every seal from the entries and compares. Finds what somebody with full rights on the database changed,
 * unless they recomputed all later seals, too: for that, compare with a seal noted elsewhere.
 * @param known a seal that was printed or mailed: its day and hash
 */
export async function verifyAudit(ctx: Ctx, known?: { day: Temporal.PlainDate; hash: string }): Promise<AuditReport> {
	const seals = await readSeals(ctx);
	const problems = await problemsOfSeals(ctx, seals);
	problems.push(...(await unsealedDays(ctx)));
	if (known && !seals.some(({ day, hash }) => day.equals(known.day) && hash === known.hash)) {
		problems.push({ kind: 'known', day: known.day });
	}
	const values = await checkValues(ctx);
	problems.push(...values.problems);
	return {
		ok: problems.length === 0,
		sealedDays: seals.length,
		entries: values.entries,
		erased: values.erased,
		waiting: values.entries - seals.reduce((sum, { entries }) => sum + entries, 0),
		newest: seals.at(-1),
		problems,
	};
}

async function problemsOfSeals(ctx: Ctx, seals: Seal[]): Promise<AuditProblem[]> {
	const problems: AuditProblem[] = [];
	let previous = ctx.body.id;
	for (const seal of seals) {
		const { day } = seal;
		if (seal.previous !== previous) problems.push({ kind: 'chain', day });
		const computed = await computeSeal(ctx, day, seal.previous);
		if (computed.hash !== seal.hash || computed.entries !== seal.entries) problems.push({ kind: 'entries', day });
		previous = seal.hash;
	}
	return problems;
}

async function unsealedDays(ctx: Ctx): Promise<AuditProblem[]> {
	const { rows } = await sql<{ day: Temporal.PlainDate }>`
		select distinct e.day from kernel.audit_entry e
		where e.body_id = ${ctx.body.id}
			and e.day < (select max(day) from kernel.audit_seal where body_id = ${ctx.body.id})
			and not exists (select 1 from kernel.audit_seal s where s.body_id = e.body_id and s.day = e.day)
		order by e.day`.execute(ctx.db);
	return rows.map(({ day }) => ({ kind: 'unsealed', day }));
}

async function checkValues(ctx: Ctx): Promise<{ entries: number; erased: number; problems: AuditProblem[] }> {
	const { rows: days } = await sql<{ day: Temporal.PlainDate }>`
		select distinct day from kernel.audit_entry where body_id = ${ctx.body.id} order by day`.execute(ctx.db);
	const problems: AuditProblem[] = [];
	let entries = 0;
	let erased = 0;
	for (const { day } of days) {
		for await (const { id, personal, salt, personalHash: expected } of entriesOfDay(ctx, day)) {
			entries++;
			if (expected && !personal) erased++;
			const actual = personal && salt !== null ? personalHash(salt, personal) : null;
			if (actual !== null && actual !== expected) problems.push({ kind: 'values', day, entryId: id });
		}
	}
	return { entries, erased, problems };
}
