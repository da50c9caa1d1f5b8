import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addresseeOf } from './addressees.server.ts';
import { contentOf, type Content } from './content.server.ts';
import { tellAsked } from './letters.server.ts';
import { lockMatter } from './matter-commands.server.ts';
import { matterForUpdate } from './matters.server.ts';
import { letsOthersGoOn, standingOf } from './rules/standing.ts';
import type { Asking } from './schema.ts';
import type { InvolvementRow, MatterRow, RequestRow } from './view.ts';

/**
 * Asks for co-signatures and opinions on the text as it is now, in the order of their steps: equal steps at the same time,
 * the next step when everybody before has answered or the deadline has passed. Who is asked about these words already is
 * not asked twice.
 * @throws RuleViolation `papers.noContent` while there is nothing to read, `nobody`, `papers.matterWithdrawn`
 */
export async function askFor(ctx: Ctx, matterId: string, asking: Asking): Promise<void> {
	demand(ctx.actor, 'papers.involvement.open');
	await write(ctx, async (tx) => {
		const matter = await lockMatter(tx, matterId);
		if (matter.withdrawn) throw new RuleViolation('papers.matterWithdrawn', {}, 'ask');
		const content = await contentOf(tx, matterId);
		if (!content) throw new RuleViolation('papers.noContent', {}, 'ask');
		const chosen = asking.steps.flatMap(({ involvementId, step }) => {
			const involvement = matter.involvements.find(({ id }) => id === involvementId);
			return involvement && involvement.form !== 'inform' ? [{ involvement, step }] : [];
		});
		if (!chosen.length) throw new RuleViolation('nobody', {}, 'ask');
		for (const { involvement, step } of chosen)
			if (mayAskAgain(involvement, content)) await insertRequest(tx, matter, { involvement, step, content, ...asking });
		if (!matter.draftSentOn)
			await tx.db.updateTable('papers.matter').set({ draft_sent_on: tx.today }).where('id', '=', matterId).execute();
		tx.touch('papers.matter', matterId, { act: 'asked', fields: { count: chosen.length, urgent: asking.urgent } });
		await openNextStep(tx, matterId);
	});
}

function mayAskAgain({ requests }: InvolvementRow, { hash }: Content): boolean {
	const last = requests.at(-1);
	if (!last || last.state === 'outdated' || last.state === 'withdrawn') return true;
	return last.state === 'answered' && last.hash !== hash;
}

interface NewRequest {
	involvement: InvolvementRow;
	step: number;
	content: Content;
	urgent: boolean;
	urgentReason: string;
}

async function insertRequest(
	tx: WriteCtx,
	matter: Pick<MatterRow, 'id'>,
	{ involvement, step, content, urgent, urgentReason }: NewRequest,
): Promise<string> {
	if (content.text) await keepText(tx, matter.id, content);
	const id = newId();
	await tx.db
		.insertInto('papers.sign_request')
		.values({
			id,
			matter_id: matter.id,
			involvement_id: involvement.id,
			round: (involvement.requests.at(-1)?.round ?? 0) + 1,
			step,
			hash: content.hash,
			file_id: content.fileId,
			state: 'waiting',
			urgent,
			urgent_reason: urgentReason,
			requested_at: tx.now,
			requested_by: tx.actor.personId,
		})
		.execute();
	return id;
}

/** Keeps the words that were asked about, so that a later change can be shown against them. */
async function keepText(tx: WriteCtx, matterId: string, { hash, text }: Content): Promise<void> {
	await tx.db
		.insertInto('papers.asked_text')
		.values({
			matter_id: matterId,
			hash,
			title: text!.title,
			operative: JSON.stringify(text!.operative),
			reasons: JSON.stringify(text!.reasons),
		})
		.onConflict((conflict) => conflict.columns(['body_id', 'matter_id', 'hash']).doNothing())
		.execute();
}

/**
 * Opens the requests whose turn it is: those of the lowest step that waits, once nobody of an earlier step holds them up.
 * The deadline runs from that day; whoever is asked gets a mail. Doing it twice changes nothing.
 */
export async function openNextStep(tx: WriteCtx, matterId: string): Promise<void> {
	const matter = await matterForUpdate(tx, matterId);
	if (!matter || matter.withdrawn) return;
	const latest = matter.involvements.flatMap((involvement) => {
		const request = involvement.requests.at(-1);
		return request ? [{ involvement, request }] : [];
	});
	const waiting = latest.filter(({ request }) => request.state === 'waiting');
	const next = Math.min(...waiting.map(({ request }) => request.step));
	const held = latest.some(
		({ request }) => request.step < next && !letsOthersGoOn(standingOf(factsOf(request), tx.today.toString(), null)),
	);
	if (held) return;
	for (const { involvement, request } of waiting)
		if (request.step === next) await openRequest(tx, matter, { involvement, request });
}

async function openRequest(
	tx: WriteCtx,
	matter: MatterRow,
	{ involvement, request }: { involvement: InvolvementRow; request: RequestRow },
	{ deputyOnly = false } = {},
): Promise<void> {
	const days = request.urgent ? involvement.urgentDays : involvement.answerDays;
	const { personId, as, startOn, dueOn } = await addresseeOf(tx, involvement, days, { deputyOnly });
	await tx.db
		.updateTable('papers.sign_request')
		.set({
			state: 'open',
			person_id: personId,
			asked_as: as,
			due_on: dueOn,
			extended: startOn !== tx.today.toString(),
		})
		.where('id', '=', request.id)
		.execute();
	if (dueOn && personId)
		await tellAsked(tx, matter, {
			personId,
			form: involvement.form,
			dueOn: dueOn.toString(),
			again: request.round > 1,
		});
}

/**
 * Looks whether the text of a matter is still the one that people were asked about. What was answered for other words is
 * outdated and asked anew (R4-06); who has not answered yet is asked about the new words, with the full deadline.
 */
export async function followContent(tx: WriteCtx, matterId: string): Promise<void> {
	const content = await contentOf(tx, matterId);
	const matter = await matterForUpdate(tx, matterId);
	if (!content || !matter || matter.withdrawn) return;
	for (const involvement of matter.involvements) {
		const last = involvement.requests.at(-1);
		if (!last || last.hash === content.hash) continue;
		if (last.state === 'open' || last.state === 'waiting')
			await rebind(tx, matter, { involvement, request: last, content });
		else if (last.state === 'answered') await askAnew(tx, matter, { involvement, request: last, content });
	}
	await openNextStep(tx, matterId);
}

async function rebind(
	tx: WriteCtx,
	matter: MatterRow,
	{ involvement, request, content }: { involvement: InvolvementRow; request: RequestRow; content: Content },
): Promise<void> {
	if (content.text) await keepText(tx, matter.id, content);
	await tx.db
		.updateTable('papers.sign_request')
		.set({ hash: content.hash, file_id: content.fileId })
		.where('id', '=', request.id)
		.execute();
	if (request.state === 'waiting' || request.dueOn === null) return;
	const days = request.urgent ? involvement.urgentDays : involvement.answerDays;
	const { dueOn } = await addresseeOf(tx, involvement, days);
	if (dueOn && dueOn.toString() > request.dueOn)
		await tx.db.updateTable('papers.sign_request').set({ due_on: dueOn }).where('id', '=', request.id).execute();
}

async function askAnew(
	tx: WriteCtx,
	matter: MatterRow,
	{ involvement, request, content }: { involvement: InvolvementRow; request: RequestRow; content: Content },
): Promise<void> {
	await tx.db
		.updateTable('papers.sign_request')
		.set({ state: 'outdated', outdated_on: tx.today })
		.where('id', '=', request.id)
		.execute();
	const { urgent, urgentReason, step } = request;
	await insertRequest(tx, matter, { involvement, step, content, urgent, urgentReason });
	tx.touch('papers.matter', matter.id, { act: 'askedAnew', fields: { who: involvement.who } });
}

/** After a bias: the deputy of the same office is asked, if there is one who is there (rulebook section 4, edge cases). */
export async function askDeputy(tx: WriteCtx, matter: MatterRow, involvement: InvolvementRow): Promise<void> {
	const content = await contentOf(tx, matter.id);
	const last = involvement.requests.at(-1)!;
	if (!content || !involvement.officeId || last.askedAs === 'deputy') return;
	const { as } = await addresseeOf(tx, involvement, involvement.answerDays, { deputyOnly: true });
	if (as !== 'deputy') return;
	const { urgent, urgentReason, step } = last;
	const id = await insertRequest(tx, matter, { involvement, step, content, urgent, urgentReason });
	await openRequest(tx, matter, { involvement, request: { ...last, id } }, { deputyOnly: true });
}

export function factsOf(request: RequestRow) {
	return { ...request, vacant: request.askedAs === 'vacant' };
}
