import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { inLocale, isLocale } from '#kernel/i18n/locales.ts';
import { hashToken, newToken } from '#kernel/identity/token.ts';
import { isId, newId } from '#kernel/ids.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addPerson } from '#server/registry';
import { callOpen, entryRules } from './queries.server.ts';
import { missingDeclarations, nextStates, type ApplicationState } from './rules.ts';
import { Confirmed, type ApplicationInput } from './schema.ts';

/** Sets when people may apply. @throws NotFound, Forbidden without `council.edit` */
export async function setCall(ctx: Ctx, councilBodyId: string, call: { from: string; until: string }): Promise<void> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	await write(ctx, async (tx) => {
		const days = { call_from: Temporal.PlainDate.from(call.from), call_until: Temporal.PlainDate.from(call.until) };
		await tx.db
			.insertInto('council.entry_rules')
			.values({ council_body_id: councilBodyId, ...days })
			.onConflict((oc) => oc.columns(['body_id', 'council_body_id']).doUpdateSet(days))
			.execute();
		tx.touch('council.councilBody', councilBodyId, { act: 'callSet', fields: call });
	});
}

/**
 * Takes an application in and sends its receipt, whose address alone leads back to it. Everybody may apply while a call is
 * open; declarations may be confirmed later.
 * @returns the secret part of the receipt's address
 * @throws RuleViolation `council.noCall`
 */
export async function apply(
	ctx: Ctx,
	councilBody: { id: string; name: string },
	given: ApplicationInput,
	confirmed: readonly string[],
	origin: string,
): Promise<string> {
	const token = newToken();
	await write(ctx, async (tx) => {
		const rules = await entryRules(tx, councilBody.id);
		if (!callOpen(rules, tx.today)) throw new RuleViolation('council.noCall');
		const id = newId();
		await tx.db
			.insertInto('council.application')
			.values({
				id,
				council_body_id: councilBody.id,
				token_hash: hashToken(token),
				...given,
				locale: tx.locale,
				confirmed: JSON.stringify(confirmedToday(rules.declarations, confirmed, tx.today)),
				received_on: tx.today,
			})
			.execute();
		tx.touch('council.application', id, { act: 'received' });
		const url = `${origin}${inLocale(`/bewerbung/${token}`, tx.locale)}`;
		if (given.email) await sendReceipt(tx, given.email, councilBody.name, url);
	});
	return token;
}

function confirmedToday(
	asked: readonly { key: string }[],
	confirmed: readonly string[],
	today: Temporal.PlainDate,
): Record<string, string> {
	const keys = asked.map(({ key }) => key).filter((key) => confirmed.includes(key));
	return Object.fromEntries(keys.map((key) => [key, today.toString()]));
}

async function sendReceipt(tx: WriteCtx, to: string, body: string, href: string): Promise<void> {
	const letter = {
		subject: m.council_entry_receipt_subject({ body }),
		...compose([
			{ kind: 'paragraph', text: m.council_entry_receipt_text({ body }) },
			{ kind: 'button', label: m.council_entry_receipt_open(), href },
			{ kind: 'footer', lines: [m.council_entry_receipt_deleted()] },
		]),
	};
	await queueMail(tx, { to, locale: tx.locale, ...letter });
}

/** Confirms declarations that were missing, from the receipt's page. @throws NotFound, RuleViolation `council.applicationEnded` */
export async function confirmLater(ctx: Ctx, token: string, confirmed: readonly string[]): Promise<void> {
	await write(ctx, async (tx) => {
		const row = await tx.db
			.selectFrom('council.application')
			.select(['id', 'council_body_id', 'confirmed', 'state'])
			.where('token_hash', '=', hashToken(token))
			.forUpdate()
			.executeTakeFirst();
		if (!row) throw new NotFound('application');
		if (!nextStates(row.state as ApplicationState).length) throw new RuleViolation('council.applicationEnded');
		const { declarations } = await entryRules(tx, row.council_body_id);
		const all = { ...confirmedToday(declarations, confirmed, tx.today), ...Confirmed.parse(row.confirmed) };
		await tx.db
			.updateTable('council.application')
			.set({ confirmed: JSON.stringify(all) })
			.where('id', '=', row.id)
			.execute();
		tx.touch('council.application', row.id, { act: 'confirmed' });
	});
}

/** Takes the application back: its contents go at once. @throws NotFound, RuleViolation `council.applicationEnded` */
export async function withdraw(ctx: Ctx, token: string): Promise<void> {
	await write(ctx, async (tx) => {
		const row = await tx.db
			.selectFrom('council.application')
			.select(['id', 'state'])
			.where('token_hash', '=', hashToken(token))
			.forUpdate()
			.executeTakeFirst();
		if (!row) throw new NotFound('application');
		if (!nextStates(row.state as ApplicationState).includes('withdrawn'))
			throw new RuleViolation('council.applicationEnded');
		await tx.db
			.updateTable('council.application')
			.set({
				state: 'withdrawn',
				decided_on: tx.today,
				name: '–',
				email: '',
				phone: '',
				motivation: '',
				confirmed: '{}',
			})
			.where('id', '=', row.id)
			.execute();
		tx.touch('council.application', row.id, { act: 'withdrawn' });
	});
}

/**
 * Moves an application on. "Formally checked" asks for every declaration (GRE-18); an appointment makes the person a designated
 * member: on the register, without rights until the new body constitutes itself (R1-14).
 * @throws NotFound, Forbidden, RuleViolation `council.declarationMissing` (with the first text), `council.applicationStep`
 */
export async function moveApplication(ctx: Ctx, id: string, to: ApplicationState): Promise<void> {
	demand(ctx.actor, 'council.edit');
	if (!isId(id)) throw new NotFound('application');
	await write(ctx, async (tx) => {
		const row = await tx.db
			.selectFrom('council.application')
			.selectAll()
			.where('id', '=', id)
			.forUpdate()
			.executeTakeFirst();
		if (!row) throw new NotFound('application');
		demand(tx.actor, 'council.edit', row.council_body_id);
		if (row.state === to) return;
		if (!nextStates(row.state as ApplicationState).includes(to) || to === 'withdrawn')
			throw new RuleViolation('council.applicationStep');
		if (to === 'checked') await demandDeclarations(tx, row.council_body_id, row.confirmed);
		await tx.db
			.updateTable('council.application')
			.set({
				state: to,
				checked_on: to === 'checked' ? tx.today : row.checked_on,
				decided_on: nextStates(to).length ? null : tx.today,
				membership_id: to === 'appointed' ? await designate(tx, row) : null,
			})
			.where('id', '=', id)
			.execute();
		tx.touch('council.application', id, { act: to, fields: { state: to } });
	});
}

async function demandDeclarations(tx: WriteCtx, councilBodyId: string, confirmed: unknown): Promise<void> {
	const { declarations } = await entryRules(tx, councilBodyId);
	const missing = missingDeclarations(declarations, Confirmed.parse(confirmed));
	if (missing.length) throw new RuleViolation('council.declarationMissing', { text: missing[0]!.text });
}

async function designate(
	tx: WriteCtx,
	{ name, email, locale, council_body_id }: { name: string; email: string; locale: string; council_body_id: string },
): Promise<string> {
	const personId = await addPerson(tx, name, {
		...(email && { email }),
		locale: isLocale(locale) ? locale : 'de',
		namePublic: true,
	});
	return addMembership(tx, {
		personId,
		organisationId: council_body_id,
		kind: 'member',
		votingRight: true,
		from: null,
	});
}
