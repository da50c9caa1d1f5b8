import type { Said } from './content.ts';
import type { Source } from './record.ts';
import { say, type Sentence, type Values } from './style.ts';

/** A sentence under its key: the template's, or the one that the office wrote for this session. */
export function sentence(
	source: Pick<Source, 'style' | 'sentences'>,
	key: string,
	template: Sentence,
	values: Values,
	publicValues?: Values,
): Said[] {
	const own = source.sentences[key];
	if (own !== undefined) return own.trim() ? [{ key, text: own }] : [];
	const text = say(source.style, template, values);
	const publicText = publicValues && say(source.style, template, publicValues);
	return [{ key, text, ...(publicText !== undefined && publicText !== text ? { publicText } : {}) }];
}
