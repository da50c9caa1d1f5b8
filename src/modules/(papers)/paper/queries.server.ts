import { sql, type RawBuilder } from 'kysely';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, type Question } from '#kernel/db/questions.ts';
import { Gone, NotFound } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId } from '#kernel/ids.ts';
import { toHtml } from '#kernel/text/html.ts';
import { toPlainText } from '#kernel/text/plain.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { linksInWords } from '#kernel/word-links.ts';
import { readable } from './sight.server.ts';
import type { PaperView } from '../view.ts';

/** Names of those who bring a paper `p` in, groups before persons; persons only where their name is public or the reader is known. */
export function originatorsOf(ctx: Pick<Ctx, 'actor'>): RawBuilder<string[]> {
	const known = ctx.actor.kind !== 'visitor';
	return sql<
		string[]
	>`coalesce((select json_agg(coalesce(o.name, concat_ws(' ', nullif(q.given_name, ''), q.family_name))
		order by r.position) from papers.originator r
		left join registry.organisation o on o.body_id = r.body_id and o.id = r.organisation_id
		left join registry.person q on q.body_id = r.body_id and q.id = r.person_id
		where r.body_id = p.body_id and r.paper_id = p.id and r.kind = 'originator' and r.left_on is null
		and (o.id is not null or ${known} or q.name_public)), '[]')`;
}

/**
 * Who signed a paper `p`: in a function everybody may know it, without one only who is known here, or where the person agreed
 * (rulebook R8).
 */
export function signatory(ctx: Pick<Ctx, 'actor'>): RawBuilder<string> {
	const known = ctx.actor.kind !== 'visitor';
	return sql<string>`(case when ${known} or p.signatory_function <> '' or exists (select from registry.person q
		where q.body_id = p.body_id and q.id = p.signatory_person_id and q.name_public) then p.signatory_name else '' end)`;
}

/** A paper before its texts are HTML: for that one has to know where the numbers in them lead. */
export type PaperFacts = Omit<PaperView, 'operativeHtml' | 'reasonsHtml'> & {
	operative: TextDocument;
	reasons: TextDocument;
};
type Row = Omit<PaperFacts, 'mayChange'> & { shown: boolean };

/**
 * One paper with what its page says of it; its texts get their HTML by `paperTexts`. One query.
 * @throws NotFound where there is none for this reader, Gone for one that was public once and was taken back
 */
export async function paperFacts(ctx: Ctx, slug: string): Promise<PaperFacts> {
	const { rows } = await sql<Row>`select p.id, p.slug, p.reference, p.state, p.title, p.long_title as "longTitle",
		t.id as "typeId", t.name as type, t.name_plural as "typePlural", t.code, p.public, p.closed_reason as "closedReason",
		p.date::text as date, p.data_date::text as "dataDate", p.report_by::text as "reportBy", p.costs, p.operative, p.reasons,
		(p.withdrawn_at at time zone ${ctx.body.timeZone})::date::text as "withdrawnOn", p.withdrawn_note as "withdrawnNote", p.withdrawn_consent as "withdrawnConsent",
		p.integration_relevant as relevant, p.integration_reason as "relevantReason",
		d.name as department, a.name as addressee, ${signatory(ctx)} as "signatoryName",
		p.signatory_function as "signatoryFunction", p.signed_on::text as "signedOn",
		p.sender_name as "senderName", p.received_on::text as "receivedOn", p.taken_over as "takenOver", p.taken_from as "takenFrom", p.revision,
		p.created_by as "createdBy", ${originatorsOf(ctx)} as originators, ${readable(ctx)} as shown,
		p.under_direction_of_id as "departmentId"
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		left join registry.organisation d on d.body_id = p.body_id and d.id = p.under_direction_of_id
		left join registry.organisation a on a.body_id = p.body_id and a.id = p.addressee_id
		where p.body_id = ${ctx.body.id} and p.slug = ${slug}
		and (${readable(ctx)} or (p.state <> 'draft' and p.depublished_at is not null))`.execute(ctx.db);
	const row = rows[0];
	if (!row) throw new NotFound('paper');
	const { shown, ...facts } = row;
	if (!shown) throw new Gone('paper');
	const own = facts.createdBy !== null && facts.createdBy === ctx.actor.personId;
	return { ...facts, mayChange: may(ctx.actor, 'papers.edit') || (own && facts.state === 'draft') };
}

/** The texts of a paper as HTML, in which numbers of other papers lead to them. */
export function paperTexts(
	ctx: Ctx,
	{ slug, operative, reasons }: PaperFacts,
): Question<Pick<PaperView, 'operativeHtml' | 'reasonsHtml'>> {
	const own = inLocale(`/vorlagen/${slug}`, ctx.locale);
	return answeredAs(linksInWords(ctx, [toPlainText(operative), toPlainText(reasons)]), (found) => {
		const links = Object.fromEntries(Object.entries(found).filter(([, path]) => path !== own));
		return {
			operativeHtml: toHtml(operative, { headingOffset: 2, links }),
			reasonsHtml: toHtml(reasons, { headingOffset: 2, links }),
		};
	});
}

/** Where a paper stands whose draft's address was kept: papers move when they are filed. Null if there is none. */
export async function movedTo(ctx: Ctx, slug: string): Promise<string | null> {
	if (!isId(slug)) return null;
	const { rows } = await sql<{ slug: string }>`select p.slug from papers.paper p
		where p.body_id = ${ctx.body.id} and p.id = ${slug} and p.slug <> ${slug} and ${readable(ctx)}`.execute(ctx.db);
	return rows[0]?.slug ?? null;
}
