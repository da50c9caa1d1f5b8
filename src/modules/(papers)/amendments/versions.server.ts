import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import { diffViewToHtml, viewDiff } from '#kernel/text/diff-view.ts';
import { keepIds } from '#kernel/text/keep-ids.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import type { Base } from './base.server.ts';
import type { ComparedView, VersionRow } from './view.ts';
import { diffWords } from './words.ts';

/** Versions of a paper, the newest first. One query. */
export async function versionRows(ctx: Pick<Ctx, 'db' | 'body'>, base: Pick<Base, 'id'>): Promise<VersionRow[]> {
	const rows = await ctx.db
		.selectFrom('papers.paper_version')
		.select(['number', 'note', 'fixed_at'])
		.where('paper_id', '=', base.id)
		.orderBy('number', 'desc')
		.execute();
	return rows.map(({ number, note, fixed_at }) => ({
		number,
		note,
		day: fixed_at.toZonedDateTimeISO(ctx.body.timeZone).toPlainDate().toString(),
	}));
}

/** Two versions as a difference: title, operative text, reasons. One query. @throws NotFound for a version that is not there */
export async function comparedVersions(
	ctx: Pick<Ctx, 'db'>,
	base: Pick<Base, 'id'>,
	from: number,
	to: number,
): Promise<ComparedView> {
	const rows = await ctx.db
		.selectFrom('papers.paper_version')
		.select(['number', 'title', 'operative', 'reasons', 'note'])
		.where('paper_id', '=', base.id)
		.where('number', 'in', [from, to])
		.execute();
	const [a, b] = [from, to].map((number) => rows.find((row) => row.number === number));
	if (!a || !b) throw new NotFound('version');
	const titled = (title: string) => normalise({ blocks: [{ kind: 'paragraph', content: [{ text: title }] }] });
	const sides = [
		{ name: 'title' as const, before: titled(a.title), after: titled(b.title) },
		{ name: 'operative' as const, before: a.operative as TextDocument, after: b.operative as TextDocument },
		{ name: 'reasons' as const, before: a.reasons as TextDocument, after: b.reasons as TextDocument },
	];
	const views = sides.map(({ name, before, after }) => ({
		name,
		view: viewDiff(diffBlocks(before.blocks, keepIds(before, after).blocks)),
	}));
	const changed = views.filter(({ view }) => view.places > 0);
	const sum = (what: 'places' | 'inserted' | 'deleted' | 'moved') =>
		changed.reduce((total, { view }) => total + view[what], 0);
	return {
		from,
		to,
		note: b.note,
		places: sum('places'),
		inserted: sum('inserted'),
		deleted: sum('deleted'),
		moved: sum('moved'),
		parts: changed.map(({ name, view }) => ({ name, html: diffViewToHtml(view, diffWords(`${name}-`)) })),
	};
}
