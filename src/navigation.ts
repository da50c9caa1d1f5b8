import * as m from '#messages';
import { modules } from './modules.ts';
import type { NavigationEntry } from '#kernel/module.ts';

type Label = () => string;

/** The ways in the site's head, in order. @throws Error for a label that no message file has */
export function navigation(): (Omit<NavigationEntry, 'label'> & { label: Label })[] {
	return modules
		.flatMap((module) => module.navigation)
		.sort((a, b) => a.order - b.order)
		.map((entry) => {
			const label = (m as unknown as Record<string, Label>)[entry.label];
			if (!label) throw new Error(`the navigation label ${entry.label} has no message`);
			return { ...entry, label };
		});
}
