import { sql } from 'kysely';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { inLocale, isLocale, SOURCE_LOCALE } from '#kernel/i18n/locales.ts';
import { isId, newId } from '#kernel/ids.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { lockPaper, type LockedPaper } from './lock.server.ts';
import { calledIn, type Named } from './rules/names.ts';

/** A remark of somebody who writes a draft. */
export interface CommentRow {
	id: string;
	part: 'all' | 'operative' | 'reasons';
	text: string;
	by: string | null;
	/** Instant. */
	at: string;
	settled: boolean;
}

/** Who writes a draft, and what they remarked. */
export interface CoWriting {
	writers: (Named & { author: boolean })[];
	comments: CommentRow[];
}

const NAME = sql<string>`concat_ws(' ', nullif(q.given_name, ''), q.family_name)`;

/** Author first, then who was asked to write, by name; remarks in their order. Two queries. */
export async function coWriting(ctx: Ctx, paperId: string): Promise<CoWriting> {
	const [writers, comments] = await Promise.all([
		writersOf(ctx, paperId),
		sql<CommentRow>`select c.id, c.part, c.text, ${NAME} as by, to_json(c.written_at) #>> '{}' as at,
			c.settled_at is not null as settled from papers.draft_comment c
			left join registry.person q on q.body_id = c.body_id and q.id = c.written_by
			where c.body_id = ${ctx.body.id} and c.paper_id = ${paperId} order by c.written_at, c.id`.execute(ctx.db),
	]);
	return { writers, comments: comments.rows };
}

async function writersOf(ctx: Pick<Ctx, 'db' | 'body'>, paperId: string): Promise<CoWriting['writers']> {
	const { rows } = await sql<Named & { author: boolean }>`select q.id, ${NAME} as name, x.author from (
			select p.created_by as person, true as author from papers.paper p
				where p.body_id = ${ctx.body.id} and p.id = ${paperId} and p.created_by is not null
			union all select w.person_id, false from papers.co_writer w
				where w.body_id = ${ctx.body.id} and w.paper_id = ${paperId}) x
		join registry.person q on q.body_id = ${ctx.body.id} and q.id = x.person order by x.author desc, name`.execute(ctx.db);
	return rows;
}

/** Asks somebody to write a draft with you: it stands on their desk, and a mail says so. Twice is once. */
export async function askToWrite(ctx: Ctx, slug: string, personId: string, origin: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockDraft(tx, slug);
		if (!isId(personId)) throw new RuleViolation('papers.personMissing', {}, 'personId');
		const person = await tx.db.selectFrom('registry.person').select('id').where('id', '=', personId).executeTakeFirst();
		if (!person) throw new RuleViolation('papers.personMissing', {}, 'personId');
		if (paper.created_by === personId) return;
		const added = await tx.db
			.insertInto('papers.co_writer')
			.values({ paper_id: paper.id, person_id: personId, invited_at: tx.now })
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (!added.numInsertedOrUpdatedRows) return;
		await tell(tx, paper, [personId], origin, 'asked');
		tx.touch('papers.paper', paper.id, { act: 'writerAsked', fields: { person: personId } });
	});
}

/** Somebody no longer writes with the others; what they wrote stays. */
export async function letGo(ctx: Ctx, slug: string, personId: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockDraft(tx, slug);
		if (!isId(personId)) return;
		await tx.db
			.deleteFrom('papers.co_writer')
			.where('paper_id', '=', paper.id)
			.where('person_id', '=', personId)
			.execute();
		tx.touch('papers.paper', paper.id, { act: 'writerLeft', fields: { person: personId } });
	});
}

/**
 * Remarks on a draft. Whoever is called by @name among those who write finds it on the desk and in the mail.
 * @throws RuleViolation `papers.commentMissing`
 */
export async function comment(
	ctx: Ctx,
	slug: string,
	{ part, text }: Pick<CommentRow, 'part' | 'text'>,
	origin: string,
): Promise<void> {
	demand(ctx.actor, 'papers.write');
	if (!text.trim()) throw new RuleViolation('papers.commentMissing', {}, 'text');
	await write(ctx, async (tx) => {
		const paper = await lockDraft(tx, slug);
		await seenIn(tx, paper.id);
		const id = newId();
		await tx.db
			.insertInto('papers.draft_comment')
			.values({ id, paper_id: paper.id, part, text: text.trim(), written_by: tx.actor.personId, written_at: tx.now })
			.execute();
		const called = calledIn(text, await writersOf(tx, paper.id)).filter((one) => one.id !== tx.actor.personId);
		for (const { id: person } of called)
			await tx.db.insertInto('papers.draft_mention').values({ comment_id: id, person_id: person }).execute();
		await tell(
			tx,
			paper,
			called.map((one) => one.id),
			origin,
			'called',
		);
		tx.touch('papers.paper', paper.id, { act: 'commented', fields: { part } });
	});
}

/** Marks a remark as settled, or opens it again. */
export async function settleComment(ctx: Ctx, slug: string, id: string, settled: boolean): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockDraft(tx, slug);
		if (!isId(id)) return;
		await tx.db
			.updateTable('papers.draft_comment')
			.set({ settled_at: settled ? tx.now : null })
			.where('id', '=', id)
			.where('paper_id', '=', paper.id)
			.execute();
		tx.touch('papers.paper', paper.id, { act: settled ? 'commentSettled' : 'commentReopened' });
	});
}

async function lockDraft(tx: WriteCtx, slug: string): Promise<LockedPaper> {
	const paper = await lockPaper(tx, slug);
	if (paper.state !== 'draft') throw new RuleViolation('papers.alreadyFiled');
	return paper;
}

/** One mail to each of these people that has an address; the draft's words stay behind the sign-in. */
async function tell(
	tx: WriteCtx,
	paper: LockedPaper,
	people: readonly string[],
	origin: string,
	why: 'asked' | 'called',
): Promise<void> {
	if (!people.length) return;
	const rows = await tx.db
		.selectFrom('registry.person')
		.select(['email', 'locale'])
		.where('id', 'in', people)
		.where('email', 'is not', null)
		.execute();
	for (const { email, locale: stored } of rows) {
		const locale = isLocale(stored) ? stored : SOURCE_LOCALE;
		const by = tx.actor.name ?? tx.body.name;
		const { subject, text, label } = inLanguage(locale, () => ({
			subject: m.papers_paper_mail_subject({ title: paper.title }),
			text:
				why === 'asked'
					? m.papers_paper_mail_asked({ name: by, title: paper.title })
					: m.papers_paper_mail_called({ name: by, title: paper.title }),
			label: m.papers_paper_mail_open(),
		}));
		const href = origin + inLocale(`/vorlagen/${paper.slug}/bearbeiten`, locale);
		const blocks = [
			{ kind: 'paragraph' as const, text },
			{ kind: 'button' as const, label, href },
		];
		await queueMail(tx, { to: email!, locale, subject, ...compose(blocks) });
	}
}

/** Says that one has seen who asked and called; a GET never writes, so it is an act of its own on the desk. */
export async function seen(ctx: Ctx, slug: string): Promise<void> {
	demand(ctx.actor, 'papers.write');
	await write(ctx, async (tx) => {
		const paper = await lockPaper(tx, slug);
		if (paper.state === 'draft') await seenIn(tx, paper.id);
	});
}

/** The same inside a running write: whoever saves or remarks has seen it. */
export async function seenIn(tx: WriteCtx, paperId: string): Promise<void> {
	const { personId } = tx.actor;
	if (!personId) return;
	await tx.db
		.updateTable('papers.co_writer')
		.set({ seen_at: tx.now })
		.where('paper_id', '=', paperId)
		.where('person_id', '=', personId)
		.where('seen_at', 'is', null)
		.execute();
	await tx.db
		.updateTable('papers.draft_mention')
		.set({ seen_at: tx.now })
		.where('person_id', '=', personId)
		.where('seen_at', 'is', null)
		.where('comment_id', 'in', (eb) =>
			eb.selectFrom('papers.draft_comment').select('id').where('paper_id', '=', paperId),
		)
		.execute();
}
