import { sql } from 'kysely';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { eraseForGood } from './commands.server.ts';

/** Act under which the audit log has the erasure of a whole person (a retention run erases columns, under another name). */
const ERASED = 'personErased';

/** Names nobody: only who has the records knows whose number that was. */
export const Erasure = z.object({ town: z.uuid(), person: z.uuid(), at: z.iso.datetime() });
export type Erasure = z.infer<typeof Erasure>;

/** Who was erased here, oldest first: to be kept beside backups, which know them still. */
export async function erasures(ctx: Ctx): Promise<Erasure[]> {
	demand(ctx.actor, 'shell.privacy');
	const { rows } = await sql<{ person: string; at: Temporal.Instant }>`
		select object_id as person, min(at) as at from kernel.audit_entry
		where body_id = ${ctx.body.id} and kind = 'registry.person' and act = ${ERASED}
		group by object_id order by 2`.execute(ctx.db);
	return rows.map(({ person, at }) => ({ town: ctx.body.id, person, at: at.toString() }));
}

export interface Repeated {
	/** Erased again now. */
	again: number;
	/** Erased here already, or never known here. */
	nothing: number;
	/** Numbers of those who stay because nobody else could give roles here: another administrator has to come first. */
	lastAdministrators: string[];
}

/**
 * After an older backup was restored: erases again who had been erased since. Those of other towns are passed over.
 * Each is erased for itself: who cannot be erased now keeps nobody else.
 */
export async function repeatErasures(ctx: Ctx, list: Erasure[]): Promise<Repeated> {
	const known = new Set((await erasures(ctx)).map(({ person }) => person));
	const counted: Repeated = { again: 0, nothing: 0, lastAdministrators: [] };
	for (const { town, person } of list) {
		if (town !== ctx.body.id) continue;
		const outcome = known.has(person) ? 'nothing' : await eraseIfThere(ctx, person);
		if (outcome === 'lastAdministrator') counted.lastAdministrators.push(person);
		else counted[outcome]++;
	}
	return counted;
}

async function eraseIfThere(ctx: Ctx, person: string): Promise<'again' | 'nothing' | 'lastAdministrator'> {
	try {
		await eraseForGood(ctx, person);
		return 'again';
	} catch (error) {
		if (error instanceof NotFound) return 'nothing';
		if (error instanceof RuleViolation && error.code === 'registry.lastAdministrator') return 'lastAdministrator';
		throw error;
	}
}
