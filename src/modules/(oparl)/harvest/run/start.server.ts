import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, UserError } from '#kernel/errors.ts';
import { runtime } from '#kernel/runtime.ts';
import { write } from '#kernel/write.ts';
import { userAgentOf } from '../client/agent.ts';
import { Unreachable } from '../client/ask.server.ts';
import { openSource } from '../client/open.server.ts';
import { Findings } from '../reading/findings.ts';
import { harvest } from './harvest.server.ts';
import { keepSource, type SourceOf } from './reading.server.ts';

/** What the office asked to be read. */
export interface Wanted {
	address: string;
	/** Foreign ids of bodies. */
	bodies: string[];
	files: boolean;
	whole: boolean;
}

const RATE = 8;
/** Whoever waits for an answer to a form waits no longer. */
const PATIENCE = 10_000;

/**
 * Looks whether a system answers there, and queues its reading.
 * @throws UserError with a sentence where none answers
 */
export async function askForReading(ctx: Ctx, wanted: Omit<Wanted, 'bodies'>): Promise<void> {
	demand(ctx.actor, 'oparl.harvest');
	const asking = {
		userAgent: userAgentOf(ctx),
		near: runtime().config.askLocal,
		patience: PATIENCE,
		wait: () => Promise.resolve(),
	};
	const { source, kind } = await openSource(wanted.address, ctx.body.timeZone, asking);
	try {
		const system = await source.system(new Findings());
		const of = { address: source.address, kind, system };
		await write(ctx, async (tx) => {
			for (const body of system.bodies) await tellAsked(tx, { ...of, body }, wanted);
			await queue(tx, { ...wanted, bodies: system.bodies.map(({ id }) => id) });
		});
	} catch (error) {
		if (error instanceof Unreachable) throw new UserError(error.message, { cause: error });
		throw error;
	} finally {
		source.close();
	}
}

/** Keeps where the reading will begin, so that the entry has something it is about even if nothing comes of it. */
async function tellAsked(tx: WriteCtx, of: SourceOf, { files, whole }: Omit<Wanted, 'bodies'>): Promise<void> {
	const { id } = await keepSource(tx, of);
	tx.touch('oparl.source', id, { act: 'readingAsked', fields: { address: plainAddress(of.address), files, whole } });
}

/** The log keeps what it is told for good: no name and password of an address, and no query, which may hold a key. */
function plainAddress(address: string): string {
	const { origin, pathname } = new URL(address);
	return origin + pathname;
}

const queue = (tx: WriteCtx, wanted: Wanted): Promise<void> =>
	tx.enqueue('oparl.harvest', wanted, { key: wanted.address, maxAttempts: 3 });

/** The reading of a source goes on, or begins anew for what changed. @throws NotFound */
export async function readAgain(ctx: Ctx, sourceId: string): Promise<void> {
	demand(ctx.actor, 'oparl.harvest');
	const { rows } = await sql<{
		address: string;
		body: string;
		files: boolean;
	}>`select s.address, s.foreign_body as body,
		coalesce((select r.with_files from oparl.reading r where r.body_id = s.body_id and r.source_id = s.id
			order by r.started_at desc limit 1), false) as files
		from oparl.source s where s.body_id = ${ctx.body.id} and s.id = ${sourceId} and s.kind = 'oparl'`.execute(ctx.db);
	const [row] = rows;
	if (!row) throw new NotFound('source');
	const { address, body, files } = row;
	await write(ctx, async (tx) => {
		const fields = { address: plainAddress(address), files, whole: false };
		tx.touch('oparl.source', sourceId, { act: 'readingAsked', fields });
		await queue(tx, { address, bodies: [body], files, whole: false });
	});
}

/** The running reading of a source stops at its next step. */
export async function stopReading(ctx: Ctx, sourceId: string): Promise<void> {
	demand(ctx.actor, 'oparl.harvest');
	await write(ctx, async (tx) => {
		const { rows } = await sql`update oparl.reading set stop = true where body_id = ${tx.body.id}
			and source_id = ${sourceId} and state = 'running' and not stop returning id`.execute(tx.db);
		if (rows.length) tx.touch('oparl.source', sourceId, { act: 'readingStopped' });
	});
}

/** The job behind it. One that finds another reading at work leaves it to that one. */
export async function harvestJob(ctx: Ctx, payload: unknown): Promise<void> {
	const { address, bodies, files, whole } = payload as Wanted;
	const signal = runtime().stopping.signal;
	const near = runtime().config.askLocal;
	const { source, kind } = await openSource(address, ctx.body.timeZone, {
		userAgent: userAgentOf(ctx),
		near,
		rate: RATE,
		signal,
	});
	try {
		await harvest(ctx, source, { kind, bodies, files, whole, signal });
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
	} finally {
		source.close();
	}
}
