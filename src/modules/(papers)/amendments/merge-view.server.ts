import type { Ctx } from '#kernel/ctx.ts';
import {
	besides,
	freeChanges,
	mergedText,
	outcomeOf,
	passageFor,
	type Choice,
	type Merge,
} from '#kernel/text/amend/merge.ts';
import { whereabouts } from '#kernel/text/amend/passage.ts';
import { diffBlocks } from '#kernel/text/diff.ts';
import { diffToHtml } from '#kernel/text/diff-html.ts';
import { toHtml } from '#kernel/text/html.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { openMergeOf, type OpenMerge } from './merging.server.ts';
import type { ChangeView, LogRow, MergeView, SpotView } from './view.ts';
import { diffWords } from './words.ts';

/** What the page shows on which amendments are brought together. Three queries. @throws NotFound, Forbidden */
export async function mergeView(ctx: Ctx, slug: string): Promise<MergeView> {
	const state = await openMergeOf(ctx, slug);
	const { base, merge, log } = state;
	const { standing } = outcomeOf(merge);
	const open = [...standing.values()].filter((one) => one === 'open').length;
	return {
		base: { slug: base.slug, reference: base.reference, title: base.title, version: base.version },
		amendments: state.amendments.map(({ reference, slug: to, title }) => ({
			reference: reference!,
			slug: to,
			title,
			free: freeChanges(merge, reference!).length,
		})),
		spots: spotsOf(state),
		open,
		decided: standing.size - open,
		seen: log.length + log.filter(({ undone }) => undone).length,
		undoable: log.some(({ undone }) => !undone),
		log: log.map(({ choice, by, at, undone }): LogRow => ({
			kind: choice.kind,
			about: aboutOf(merge, choice),
			by,
			at: at.toString(),
			day: at.toZonedDateTimeISO(ctx.body.timeZone).toPlainDate().toString(),
			undone,
		})),
		html: toHtml(mergedText(merge), { headingOffset: 3 }),
	};
}

function spotsOf({ merge, amendments }: OpenMerge): SpotView[] {
	const { standing, own } = outcomeOf(merge);
	const slugs = new Map(amendments.map(({ reference, slug }) => [reference, slug]));
	const accepted = (id: string) => standing.get(id) === 'accepted';
	const replaced = (id: string) => standing.get(id) === 'replaced';
	const shown = new Set<string>();
	return merge.spots.flatMap((spot): SpotView[] => {
		// A moved block has two places; it is decided at the first.
		const here = spot.changes.filter(({ id }) => !shown.has(id));
		for (const { id } of here) shown.add(id);
		const [first] = here;
		if (!first) return [];
		const { passage, before, after } = besides(merge, here);
		const changes = here.map((change, at): ChangeView => ({
			id: change.id,
			by: change.proposals.map((reference) => ({ reference, slug: slugs.get(reference) ?? '' })),
			html: diffToHtml(diffBlocks(before.blocks, after[at]?.blocks ?? []), diffWords('')),
			standing: standing.get(change.id) ?? 'open',
			pushes: change.collidesWith.some(accepted) || replaced(change.id),
		}));
		const said = own.find(({ decision }) => here.some(({ id }) => id === decision.change));
		return [
			{
				where: whereabouts(merge.strand, passage),
				collision: here.length > 1,
				changes,
				current: toWriting(passageFor(merge, first.id).current),
				own: said ? toHtml(normalise({ blocks: said.decision.wording }), { headingOffset: 3 }) : null,
			},
		];
	});
}

function aboutOf(merge: Merge, choice: Choice): string[] {
	const ids = choice.kind === 'own' ? [choice.change] : choice.changes;
	const changes = merge.changes.filter(
		({ id, collidesWith }) => ids.includes(id) || (choice.kind === 'own' && collidesWith.includes(choice.change)),
	);
	return [...new Set(changes.flatMap(({ proposals }) => proposals))].sort();
}
