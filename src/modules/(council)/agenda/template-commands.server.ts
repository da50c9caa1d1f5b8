import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { DEFAULT_LINES } from './default-template.ts';
import type { ItemForm, TemplateForm } from './schema.ts';
import { moved, type Numbered } from './rules/numbering.ts';

/** The body behind a slug, locked; its template begins with the usual lines. @throws NotFound, Forbidden */
async function bodyWithTemplate(tx: WriteCtx, slug: string): Promise<string> {
	const { rows } = await sql<{ id: string; known: boolean }>`select cb.id, exists (select from council.agenda_template t
		where t.body_id = cb.body_id and t.council_body_id = cb.id) as known
		from council.council_body cb where cb.body_id = ${tx.body.id} and cb.slug = ${slug} for update of cb`.execute(tx.db);
	const [body] = rows;
	if (!body) throw new NotFound('council body');
	demand(tx.actor, 'council.convene', body.id);
	if (body.known) return body.id;
	await tx.db.insertInto('council.agenda_template').values({ council_body_id: body.id }).execute();
	for (const [position, line] of DEFAULT_LINES.entries()) {
		await tx.db
			.insertInto('council.agenda_template_line')
			.values({
				id: newId(),
				council_body_id: body.id,
				position,
				kind: line.kind,
				title: line.title,
				reviews_tasks: line.reviewsTasks,
			})
			.execute();
	}
	return body.id;
}

type Act =
	| 'templateChanged'
	| 'templateLineAdded'
	| 'templateLineRemoved'
	| 'templateLineMoved'
	| 'templateGuestAdded'
	| 'templateGuestRemoved';

async function changed(ctx: Ctx, slug: string, act: Act, work: (tx: WriteCtx, bodyId: string) => Promise<void>) {
	demand(ctx.actor, 'council.convene');
	await write(ctx, async (tx) => {
		const bodyId = await bodyWithTemplate(tx, slug);
		await work(tx, bodyId);
		tx.touch('council.councilBody', bodyId, { act });
	});
}

/** Sets how the body meets: title, numbering, times, place, reminders. Sessions that exist stay as they are. */
export async function setTemplate(ctx: Ctx, slug: string, form: TemplateForm): Promise<void> {
	await changed(ctx, slug, 'templateChanged', async (tx, bodyId) => {
		await tx.db
			.updateTable('council.agenda_template')
			.set({
				title_pattern: form.titlePattern,
				numbering: form.numbering,
				start_time: Temporal.PlainTime.from(form.start),
				minutes: form.minutes,
				place_id: form.place,
				mode: form.mode,
				reminder_days: form.reminders,
			})
			.where('council_body_id', '=', bodyId)
			.execute();
	});
}

/** Adds a standing item before "Verschiedenes". */
export async function addLine(ctx: Ctx, slug: string, form: ItemForm): Promise<void> {
	await changed(ctx, slug, 'templateLineAdded', async (tx, bodyId) => {
		const lines = await linesOf(tx, bodyId);
		const id = newId();
		await tx.db
			.insertInto('council.agenda_template_line')
			.values({
				id,
				council_body_id: bodyId,
				position: lines.length,
				kind: form.kind,
				title: form.title,
				public: !form.closed,
				closed_code: form.closed ? form.closedCode : '',
				closed_basis: form.closed ? form.closedBasis : '',
				neutral_title: form.closed ? form.neutralTitle : '',
				reporter_office_id: form.reporter,
				reporter_text: form.reporterText,
				reviews_tasks: form.reviewsTasks,
			})
			.execute();
		const last = lines.findIndex(({ kind }) => kind === 'anyOther');
		const ids = lines.map((line) => line.id);
		ids.splice(last < 0 || form.kind === 'anyOther' ? ids.length : last, 0, id);
		await orderLines(tx, bodyId, ids);
	});
}

/** Moves a standing item one place up or down, or takes it off. */
export async function changeLine(ctx: Ctx, slug: string, id: string, change: -1 | 1 | 'remove'): Promise<void> {
	await changed(ctx, slug, change === 'remove' ? 'templateLineRemoved' : 'templateLineMoved', async (tx, bodyId) => {
		const lines = await linesOf(tx, bodyId);
		if (change === 'remove') {
			await tx.db
				.deleteFrom('council.agenda_template_line')
				.where('id', '=', id)
				.where('council_body_id', '=', bodyId)
				.execute();
			return;
		}
		// In a template both parts stand in one order.
		const order = moved(
			lines.map((line): Numbered => ({ id: line.id, public: true })),
			id,
			change,
		);
		await orderLines(
			tx,
			bodyId,
			order.map((line) => line.id),
		);
	});
}

async function linesOf(tx: WriteCtx, bodyId: string): Promise<{ id: string; kind: string }[]> {
	return tx.db
		.selectFrom('council.agenda_template_line')
		.select(['id', 'kind'])
		.where('council_body_id', '=', bodyId)
		.orderBy('position')
		.orderBy('id')
		.execute();
}

async function orderLines(tx: WriteCtx, bodyId: string, ids: readonly string[]): Promise<void> {
	for (const [position, id] of ids.entries())
		await tx.db
			.updateTable('council.agenda_template_line')
			.set({ position })
			.where('id', '=', id)
			.where('council_body_id', '=', bodyId)
			.execute();
}

/** Adds a standing guest by function, or places kept free under a name (GRE-10). */
export async function addTemplateGuest(
	ctx: Ctx,
	slug: string,
	form: { label: string; office: string | null; places: number },
): Promise<void> {
	await changed(ctx, slug, 'templateGuestAdded', async (tx, bodyId) => {
		await tx.db
			.insertInto('council.agenda_template_guest')
			.values({
				id: newId(),
				council_body_id: bodyId,
				position: sql<number>`(select count(*)::int from council.agenda_template_guest
					where body_id = ${tx.body.id} and council_body_id = ${bodyId})`,
				label: form.label,
				office_id: form.office,
				places: form.office ? 1 : form.places,
			})
			.execute();
	});
}

/** Takes standing guests off; sessions that exist keep theirs. */
export async function removeTemplateGuest(ctx: Ctx, slug: string, id: string): Promise<void> {
	await changed(ctx, slug, 'templateGuestRemoved', async (tx, bodyId) => {
		await tx.db
			.deleteFrom('council.agenda_template_guest')
			.where('id', '=', id)
			.where('council_body_id', '=', bodyId)
			.execute();
	});
}
