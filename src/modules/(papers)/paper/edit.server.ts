import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Forbidden, NotFound } from '#kernel/errors.ts';
import { contentOf } from './content.server.ts';
import { upcomingNumber } from './numbers.server.ts';
import { mayWrite } from './rights.server.ts';
import type { NewPaper } from './schema.ts';
import { readable } from './sight.server.ts';

/** What the page of writing a paper shows. */
export interface Editable {
	id: string;
	slug: string;
	reference: string | null;
	state: 'draft' | 'filed' | 'withdrawn';
	revision: number;
	content: NewPaper;
	/** Number of the paper it belongs to. */
	base: string;
	type: string;
	code: string;
	/** The number that filing it today would give, if nobody is faster; null for one below another paper. */
	nextReference: string | null;
	public: boolean;
}

/** A paper for who may write it. @throws NotFound, Forbidden for who may read it only */
export async function editable(ctx: Ctx, slug: string): Promise<Editable> {
	const row = await ctx.db
		.selectFrom('papers.paper as p')
		.selectAll('p')
		.where('p.slug', '=', slug)
		.where(readable(ctx))
		.executeTakeFirst();
	if (!row) throw new NotFound('paper');
	const writes = await mayWrite(ctx, { id: row.id, createdBy: row.created_by });
	if (!writes || (row.state !== 'draft' && !may(ctx.actor, 'papers.edit'))) throw new Forbidden('papers.edit');
	const type = await ctx.db
		.selectFrom('papers.paper_type')
		.select(['name', 'code', 'below', 'scheme_id'])
		.where('id', '=', row.type_id)
		.executeTakeFirstOrThrow();
	const base = row.superordinated_id
		? await ctx.db
				.selectFrom('papers.paper')
				.select('reference')
				.where('id', '=', row.superordinated_id)
				.executeTakeFirst()
		: undefined;
	return {
		id: row.id,
		slug: row.slug,
		reference: row.reference,
		state: row.state as Editable['state'],
		revision: row.revision,
		content: await contentOf(ctx, row),
		base: base?.reference ?? '',
		type: type.name,
		code: type.code,
		nextReference:
			row.state === 'draft' && !type.below ? await upcomingNumber(ctx, type.scheme_id, row.date ?? ctx.today) : null,
		public: row.public,
	};
}
