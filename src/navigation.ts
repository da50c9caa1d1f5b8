import * as m from '#messages';
import { modules } from './modules.ts';
import type { NavigationEntry } from '#kernel/module.ts';

type Label = () => string;

export interface Way extends Omit<NavigationEntry, 'label' | 'says'> {
	label: Label;
	says?: Label;
}

let ways: readonly Way[] | undefined;

/** All ways that modules declare, in order. @throws Error for a label that no message file has */
export function navigation(): readonly Way[] {
	return (ways ??= declared());
}

/** Every page asks for them: looked up once. */
function declared(): Way[] {
	return modules
		.flatMap((module) => module.navigation)
		.sort((a, b) => a.order - b.order)
		.map(({ label, says, ...entry }) => ({ ...entry, label: words(label), ...(says && { says: words(says) }) }));
}

/** The message function behind a key that a declaration names. @throws Error for one that no message file has */
export function words(key: string): Label {
	const label = (m as unknown as Record<string, Label>)[key];
	if (!label) throw new Error(`a module names the message ${key}, which no message file has`);
	return label;
}
