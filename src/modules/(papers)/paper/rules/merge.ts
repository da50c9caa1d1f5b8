import { documentHash } from '#kernel/text/hash.ts';
import { decide, mergedText, openMerge } from '#kernel/text/amend/merge.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';
import type { NewPaper } from '../schema.ts';

/** Names of the parts of a paper's form. */
export type FormPart = keyof NewPaper;

export interface MergedForm {
	/** Both changes; where they collide, mine. */
	content: NewPaper;
	/** Parts that both changed differently, so that one of them has to choose. */
	collisions: FormPart[];
}

const TEXTS: readonly FormPart[] = ['operative', 'reasons'];

/**
 * Brings together what two people made of the same form. Parts that only one of them changed are taken from that one; long
 * texts are brought together word by word where the changes don't touch each other.
 * @param base what both began with; null where it is not known any more
 */
export function mergeForms(base: NewPaper | null, theirs: NewPaper, mine: NewPaper): MergedForm {
	const content: Record<string, unknown> = { ...mine };
	const collisions: FormPart[] = [];
	for (const part of Object.keys(mine) as FormPart[]) {
		if (same(mine[part], theirs[part])) continue;
		if (base && same(base[part], mine[part])) content[part] = theirs[part];
		else if (base && same(base[part], theirs[part])) continue;
		else {
			const text =
				base && TEXTS.includes(part) ? mergeTexts(base, theirs, mine, part as 'operative' | 'reasons') : null;
			if (text === null) collisions.push(part);
			else content[part] = text;
		}
	}
	return { content: content as NewPaper, collisions };
}

/** Both changes in one text, or null where they touch each other. */
function mergeTexts(base: NewPaper, theirs: NewPaper, mine: NewPaper, part: 'operative' | 'reasons'): string | null {
	const before = fromWriting(base[part]);
	const hash = documentHash(before);
	const proposal = (id: string, form: NewPaper) => ({
		id,
		base: hash,
		text: fromWriting(form[part], { previous: before }),
	});
	const merge = openMerge(before, [proposal('theirs', theirs), proposal('mine', mine)]);
	if (merge.changes.some(({ collidesWith }) => collidesWith.length)) return null;
	const changes = merge.changes.map(({ id }) => id);
	return toWriting(mergedText(decide(merge, { kind: 'accept', changes, by: '', at: '' })));
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
