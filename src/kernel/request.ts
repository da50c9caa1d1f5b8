import { randomUUID } from 'node:crypto';
import { VISITOR, type Actor } from './access/actor.ts';
import type { Ctx } from './ctx.ts';
import { BodyScope, type Db } from './db/scope.ts';
import { accountOf } from './identity/account.ts';
import type { Locale } from './i18n/locales.ts';
import { currentRequest } from './observe/watched.ts';
import { installedModules } from './module.ts';
import { runtime } from './runtime.ts';
import type { Town } from './town.ts';

/**
 * Builds the context of one request: who asks, in which town and language. Costs no query for visitors.
 * The caller ends it with `endRequest`.
 */
export async function beginRequest(body: Town, locale: Locale, headers: Headers): Promise<Ctx> {
	const ctx = contextFor(body, VISITOR, locale);
	const account = headers.has('cookie') ? await accountOf(headers) : null;
	if (account) {
		const actor = await actorOf(ctx.db, account, ctx.today);
		ctx.actor = actor === VISITOR ? actor : { ...actor, sessionEnds: account.expiresAt };
	}
	return ctx;
}

/** A context for an actor who is known already: commands, jobs, tests. */
export function contextFor(body: Town, actor: Actor, locale: Locale = 'de'): Ctx {
	const { pool, clock } = runtime();
	const scope = new BodyScope(pool, body.id, 'read only');
	const now = clock();
	return {
		body,
		actor,
		locale,
		now,
		today: now.toZonedDateTimeISO(body.timeZone).toPlainDate(),
		requestId: currentRequest()?.id ?? randomUUID(),
		db: scope.db,
		scope,
	};
}

export async function endRequest(ctx: Ctx): Promise<void> {
	await ctx.scope.commit();
}

/** The actor behind an account: all that the modules' records grant today. An account without a person here is a visitor. */
export async function actorOf(
	db: Db,
	account: { id: string; name: string },
	today: Temporal.PlainDate,
): Promise<Actor> {
	const grants = [];
	for (const { grants: ask } of installedModules().servers) {
		if (ask) grants.push(...(await ask(db, account.id, today)));
	}
	const personId = grants[0]?.personId ?? null;
	if (!personId) return VISITOR;
	return { kind: 'person', accountId: account.id, personId, name: account.name, grants };
}
