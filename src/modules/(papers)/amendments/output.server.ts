import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { docxOf } from '#kernel/documents/office/docx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { trackedDocx } from '#kernel/documents/office/tracked.ts';
import { renderPdf } from '#kernel/documents/render.ts';
import { changesBetween } from '#kernel/text/amend/changes.ts';
import type { Merge } from '#kernel/text/amend/merge.ts';
import { synopsisOf, synopsisText, type SynopsisRow } from '#kernel/text/amend/synopsis.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { keepIds } from '#kernel/text/keep-ids.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { amendedSlug, baseOf, type Base } from './base.server.ts';
import { closedMergeOf, openMergeOf } from './merging.server.ts';
import { carriedAmendments, mergeOf, waiting, type Carried } from './queries.server.ts';

/** Official documents of the town are German. */
const german = { locale: 'de' } as const;

/**
 * Old, new, origin and decision of the amendments of a paper. While decisions are still being taken, they are in it for the
 * office alone. @throws NotFound
 */
export async function synopsis(ctx: Ctx, slug: string, format: 'pdf' | 'odt' | 'docx'): Promise<Uint8Array> {
	const { base, merge, amendments } = await mergeFor(ctx, await baseOf(ctx, slug));
	const title = m.papers_amendments_synopsis_title({ reference: base.reference }, german);
	const text = merge.changes.length
		? tableOf(merge, amendments, title)
		: fromPlainText(m.papers_amendments_none_filed({}, german));
	const subtitle = m.papers_amendments_synopsis_note({ version: base.version }, german);
	if (format !== 'pdf') {
		const outline = {
			title,
			author: ctx.body.name,
			parts: [
				{ kind: 'title' as const, text: title },
				{ kind: 'lines' as const, lines: [{ label: base.title, text: subtitle }] },
				{ kind: 'text' as const, text },
			],
		};
		return format === 'odt' ? odtOf(outline) : docxOf(outline);
	}
	const data = {
		letterhead: { town: ctx.body.name },
		pageLabel: m.papers_amendments_page({ page: '{page}', pages: '{pages}' }, german),
		heading: title,
		subtitle: base.title,
		lead: subtitle,
		landscape: true,
		sections: [{ text }],
	};
	return renderPdf('report', data, {
		locale: 'de',
		title,
		author: ctx.body.name,
		standard: 'ua-1',
		date: ctx.today,
	});
}

/** What is being decided, for the office with decisions; where nothing waits, what was decided last. */
async function mergeFor(ctx: Ctx, base: Base): Promise<{ base: Base; merge: Merge; amendments: Carried[] }> {
	const amendments = await carriedAmendments(ctx, base);
	const open = waiting(amendments);
	const last = Math.max(0, ...amendments.map(({ settled }) => settled ?? 0));
	const closed = !open.length && last ? await closedMergeOf(ctx, base, last) : undefined;
	if (closed) return closed;
	if (may(ctx.actor, 'papers.edit')) return openMergeOf(ctx, base.slug);
	return { base, merge: mergeOf(base, open), amendments: open };
}

function tableOf(merge: Merge, amendments: readonly Carried[], caption: string): TextDocument {
	const names = new Map(amendments.map(({ reference, originators }) => [reference, originators.join(', ')]));
	return synopsisText(synopsisOf(merge), {
		columns: [
			m.papers_amendments_column_place({}, german),
			m.papers_amendments_column_old({}, german),
			m.papers_amendments_column_new({}, german),
			m.papers_amendments_column_origin({}, german),
			m.papers_amendments_column_decision({}, german),
		],
		caption,
		place: ({ heading, block, line }) =>
			[
				heading,
				line ? m.papers_amendments_where_line({ block, line }, german) : m.papers_amendments_where({ block }, german),
			]
				.filter(Boolean)
				.join(', '),
		origin: (proposals) =>
			proposals.map((number) => [number, names.get(number)].filter(Boolean).join(', ')).join('\n') ||
			m.papers_amendments_own({}, german),
		decision: decisionWords,
		none: '–',
	});
}

function decisionWords({ standing, proposals }: SynopsisRow): string {
	if (!proposals.length) return m.papers_amendments_standing_accepted({}, german);
	switch (standing) {
		case 'accepted':
			return m.papers_amendments_standing_accepted({}, german);
		case 'rejected':
			return m.papers_amendments_standing_rejected({}, german);
		case 'replaced':
			return m.papers_amendments_standing_replaced({}, german);
		case 'open':
			return m.papers_amendments_standing_open({}, german);
	}
}

/**
 * The wording as a Word file, to go on writing in; of an amendment, the amended wording with its changes tracked, by whom
 * and when it was brought in. @throws NotFound
 */
export async function wordingDocx(ctx: Ctx, slug: string): Promise<Uint8Array> {
	const amended = await amendedSlug(ctx, slug);
	const base = await baseOf(ctx, amended ?? slug);
	const author = ctx.body.name;
	const row = amended ? (await carriedAmendments(ctx, base)).find((one) => one.slug === slug) : undefined;
	if (!row) return trackedDocx(base.operative, [], { title: `${base.reference} ${base.title}`, author });
	const trace = {
		author: row.originators.join(', ') || (row.reference ?? row.title),
		date: `${row.day ?? ctx.today.toString()}T00:00:00Z`,
	};
	const text = row.settled ? row.written : base.operative;
	const proposed = keepIds(text, row.carried);
	const edits = changesBetween(text, proposed).flatMap((change) => change.edits.map((edit) => ({ ...edit, ...trace })));
	return trackedDocx(text, edits, { title: [row.reference, row.title].filter(Boolean).join(' '), author });
}
