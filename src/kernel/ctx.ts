import type { Actor } from './access/actor.ts';
import type { BodyScope, Db } from './db/scope.ts';
import type { Locale } from './i18n/locales.ts';
import type { JobOptions } from './jobs/queue.ts';
import type { Town } from './town.ts';

/** Everything a query needs to know of the request; the only parameter that travels everywhere. */
export interface Ctx {
	/** The town whose records are meant (OParl: Body). */
	body: Town;
	actor: Actor;
	locale: Locale;
	now: Temporal.Instant;
	/** Today in the town's time zone. */
	today: Temporal.PlainDate;
	requestId: string;
	/** Reads of this request: one read-only transaction that knows the town. */
	db: Db;
	scope: BodyScope;
}

/** A running write: the same context over a read-write transaction, with a way to say what was done. */
export interface WriteCtx extends Ctx {
	/**
	 * Says that an object was written: audit entry, change log, search document follow from it at the end of the
	 * transaction. `fields` holds changed values; those of personal columns go to the erasable companion table.
	 */
	touch: (kind: string, id: string, what: Touch) => void;
	/** Tells modules that declared `on[name]`, inside this transaction. */
	emit: (name: string, event: unknown) => Promise<void>;
	/** Queues a job that runs only if this transaction commits. */
	enqueue: (job: string, payload: unknown, options?: JobOptions) => Promise<void>;
}

export interface Touch {
	/** e.g. 'created', 'published', 'signed'; together with the kind it names the act in the audit log. */
	act: string;
	fields?: Record<string, unknown>;
	/** Names of `fields` whose values are personal: kept apart, erasable. */
	personal?: readonly string[];
	/** Person whom the personal values are about; needs no mention where the object is that person. */
	subject?: string;
	deleted?: boolean;
}
