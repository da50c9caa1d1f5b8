import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { Conflict, Forbidden, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { numberResolutions } from './resolutions.server.ts';
import { buildContent } from './rules/build.ts';
import { contentHash } from './hash.server.ts';
import { isFixed } from './rules/states.ts';
import { minutesSource } from './source.server.ts';
import {
	fixVersion,
	lockMinutes,
	standingOf,
	stepTo,
	unknownAttendance,
	versionsOf,
	type LockedMinutes,
	type Version,
} from './store.server.ts';

export type SignerRole = 'chair' | 'minuteTaker' | 'office' | 'member';

/** Hands the draft to the chair. @throws RuleViolation `council.minutes.notHeld`, `.wrongState`, `.takenOver` */
export async function sendToReview(ctx: Ctx, slug: string): Promise<void> {
	await step(ctx, slug, 'sendToReview', 'sentToReview');
}

/** Takes it back to go on writing. @throws RuleViolation `council.minutes.wrongState` */
export async function backToDraft(ctx: Ctx, slug: string): Promise<void> {
	await step(ctx, slug, 'backToDraft', 'tookBack');
}

async function step(ctx: Ctx, slug: string, act: 'sendToReview' | 'backToDraft', said: MinutesAct): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.edit');
		const state = stepTo(act, await standingOf(tx, minutes));
		// Before anybody reads with a pen in the hand: what is signed has its numbers already.
		if (act === 'sendToReview') await numberResolutions(tx, minutes.meetingId);
		await setState(tx, minutes, { state }, said);
	});
}

export interface Signing {
	role: SignerRole;
	/** Function on the day of signing, as it stands under the name. */
	function: string;
	/** Hash of what the signer saw; empty for paper. */
	seen: string;
	/** Signed on paper: who, when, and the scan (R2-63). */
	paper?: { name: string; on: string; fileId: string };
}

/**
 * Signs. The first signature fixes the content as a version; the next ones sign that same version. If somebody changed
 * the draft in between, earlier signatures count no more. With the last one the minutes are signed and stay as they are.
 * @throws RuleViolation `council.minutes.unknownAttendance`, `.wrongState`, `.notSigner`, `.functionMissing`,
 * Conflict when the minutes are not what the signer saw
 */
export async function sign(ctx: Ctx, slug: string, signing: Signing): Promise<void> {
	demand(ctx.actor, 'council.members');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.members');
		const source = await minutesSource(tx, slug);
		demandSigner(tx, minutes, source.signers, signing);
		const unknown = unknownAttendance(source);
		// Refused before anything is fixed.
		stepTo('sign', await standingOf(tx, minutes, { unknownAttendance: unknown, signaturesMissing: 1 }));
		const version = isFixed(minutes.state) ? (await versionsOf(tx, minutes.id))[0]! : await versionToSign(tx, minutes);
		if (!signing.paper && signing.seen !== version.sha512) throw new Conflict('minutes');
		await addSignature(tx, version, signing);
		const signed = await signedRoles(tx, version.id);
		const signaturesMissing = source.signers.filter((role) => !signed.includes(role)).length;
		const state = stepTo('sign', await standingOf(tx, minutes, { unknownAttendance: unknown, signaturesMissing }));
		await setState(tx, minutes, { state }, 'signed', {
			role: signing.role,
			version: version.number,
			sha512: version.sha512,
		});
		if (state === 'signed' && minutes.state !== 'signed') await sessionSigned(tx, minutes);
	});
}

/** The version that waits for signatures, or a new one where the draft has changed since. */
async function versionToSign(tx: WriteCtx, minutes: LockedMinutes): Promise<Version> {
	const content = buildContent(await minutesSource(tx, minutes.slug));
	const [last] = await versionsOf(tx, minutes.id);
	if (last?.sha512 === contentHash(content)) return last;
	if (last)
		await tx.db
			.updateTable('council.minutes_signature')
			.set({ void_at: tx.now })
			.where('version_id', '=', last.id)
			.where('void_at', 'is', null)
			.execute();
	return fixVersion(tx, minutes.id, content, { number: (last?.number ?? 0) + 1, reason: '' });
}

function demandSigner(
	tx: WriteCtx,
	minutes: LockedMinutes,
	signers: SignerRole[],
	{ role, paper, ...signing }: Signing,
): void {
	if (!signers.includes(role)) throw new RuleViolation('council.minutes.notSigner');
	if (!signing.function.trim()) throw new RuleViolation('council.minutes.functionMissing', {}, 'function');
	if (paper) return demand(tx.actor, 'council.edit', minutes.councilBodyId);
	if (!maySignAs(tx, minutes, role)) throw new Forbidden('council.minutes.sign');
}

/** Who signs in which role: whoever led the session, whoever wrote, the office, a member of the body. */
export function maySignAs(
	ctx: Pick<Ctx, 'actor'>,
	minutes: Pick<LockedMinutes, 'councilBodyId' | 'chairPersonId' | 'minuteTakerPersonId'>,
	role: SignerRole,
): boolean {
	const { actor } = ctx;
	const isChair = actor.grants.some(
		(grant) =>
			grant.role === 'chair' && (grant.organisationId === null || grant.organisationId === minutes.councilBodyId),
	);
	if (actor.kind === 'operator') return true;
	switch (role) {
		case 'chair':
			return minutes.chairPersonId ? minutes.chairPersonId === actor.personId : isChair;
		case 'minuteTaker':
			return minutes.minuteTakerPersonId
				? minutes.minuteTakerPersonId === actor.personId
				: may(actor, 'council.edit', minutes.councilBodyId);
		case 'office':
			return may(actor, 'council.edit', minutes.councilBodyId);
		case 'member':
			return may(actor, 'council.members', minutes.councilBodyId);
	}
}

async function addSignature(tx: WriteCtx, version: Version, { role, paper, ...signing }: Signing): Promise<void> {
	await tx.db
		.insertInto('council.minutes_signature')
		.values({
			id: newId(),
			version_id: version.id,
			role,
			person_id: paper ? null : tx.actor.personId,
			name: paper ? paper.name : (tx.actor.name ?? tx.body.name),
			function: signing.function.trim(),
			signed_on: paper ? Temporal.PlainDate.from(paper.on) : tx.today,
			signed_at: tx.now,
			method: paper ? 'paper' : 'account',
			file_id: paper?.fileId ?? null,
		})
		// Pressed twice: the first signature stands.
		.onConflict((row) => row.doNothing())
		.execute();
}

async function signedRoles(tx: WriteCtx, versionId: string): Promise<string[]> {
	const rows = await tx.db
		.selectFrom('council.minutes_signature')
		.select('role')
		.where('version_id', '=', versionId)
		.where('void_at', 'is', null)
		.execute();
	return rows.map(({ role }) => role);
}

async function sessionSigned(tx: WriteCtx, minutes: LockedMinutes): Promise<void> {
	await tx.db
		.updateTable('council.meeting')
		.set({ state: 'minutesSigned', minutes_signed_on: tx.today, modified_at: tx.now })
		.where('id', '=', minutes.meetingId)
		.execute();
}

/** Gives signed minutes to the public, preliminary until the body has approved them. @throws RuleViolation */
export async function publish(ctx: Ctx, slug: string): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.edit');
		const state = stepTo('publish', await standingOf(tx, minutes));
		await setState(tx, minutes, { state, published_at: tx.now, withdrawn_at: null, withdrawn_reason: '' }, 'published');
	});
}

/** Takes published minutes back; their address stays and says so (R2-67). @throws RuleViolation `.reasonMissing`, `.notShown` */
export async function withdraw(ctx: Ctx, slug: string, reason: string): Promise<void> {
	demand(ctx.actor, 'council.edit');
	await write(ctx, async (tx) => {
		const minutes = await lockMinutes(tx, slug, 'council.edit');
		const state = stepTo('withdraw', await standingOf(tx, minutes, { reason }));
		await setState(tx, minutes, { state, withdrawn_at: tx.now, withdrawn_reason: reason.trim() }, 'withdrawn');
	});
}

type MinutesAct = 'sentToReview' | 'tookBack' | 'signed' | 'published' | 'withdrawn' | 'approved' | 'corrected';

/** Writes what an act made of the record, and tells the session's page and search. */
export async function setState(
	tx: WriteCtx,
	minutes: Pick<LockedMinutes, 'id' | 'meetingId'>,
	set: Record<string, unknown> & { state: string },
	act: MinutesAct,
	fields: Record<string, unknown> = {},
): Promise<void> {
	await tx.db.updateTable('council.minutes_record').set(set).where('id', '=', minutes.id).execute();
	tx.touch('council.minutes', minutes.id, { act, fields: { state: set.state, ...fields } });
	const capitalised = `${act[0]!.toUpperCase()}${act.slice(1)}` as Capitalize<MinutesAct>;
	tx.touch('council.meeting', minutes.meetingId, { act: `minutes${capitalised}` });
}
