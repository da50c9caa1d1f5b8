import type { Content } from '../reading/types.ts';
import { fromTyped, headFields, LISTS, listsOf, toTyped, type FieldSpec, type ListKey } from './fields.ts';
import { findingOf } from './document-view.ts';
import type { Decision } from './findings.ts';

export interface Reviewed {
	content: Content;
	decisions: Record<string, Decision>;
	/** Paths whose typed value can't be one; their old value stays until mended. */
	faults: string[];
}

/**
 * What a posted review form says. Fields are named by JSON pointer; `left:/attendance/3` leaves an entry out,
 * `ok:/attendance/3` accepts it; what differs from before counts as changed, and what was changed earlier still does.
 * Absent fields stay as they were.
 */
export function readReview(before: Content, form: FormData, earlier: Record<string, Decision> = {}): Reviewed {
	const content = structuredClone(before);
	const faults: string[] = [];
	const changed = new Set(Object.keys(earlier).filter((path) => earlier[path] === 'changed'));
	for (const [path, spec] of fieldPaths(before)) {
		const typed = form.get(path);
		if (typeof typed !== 'string') continue;
		const value = fromTyped(spec.type, typed);
		if (value === undefined) faults.push(path);
		else if (toTyped(value) !== toTyped(valueAt(content, path))) {
			setAt(content, path, value);
			changed.add(findingOf(path));
		}
	}
	return { content, decisions: decisionsOf(form, changed), faults };
}

function decisionsOf(form: FormData, changed: Set<string>): Record<string, Decision> {
	const decisions: Record<string, Decision> = {};
	for (const name of form.keys()) if (name.startsWith('ok:')) decisions[name.slice(3)] = 'accepted';
	for (const path of changed) decisions[path] = 'changed';
	for (const name of form.keys()) if (name.startsWith('left:')) decisions[name.slice(5)] = 'left';
	return decisions;
}

function* fieldPaths(content: Content): Generator<[string, FieldSpec]> {
	for (const spec of headFields(content.kind)) yield [`/${spec.key}`, spec];
	yield ['/quorum/stated', { key: 'stated', type: 'yesNo' }];
	yield ['/quorum/votingPresent', { key: 'votingPresent', type: 'number' }];
	for (const list of listsOf(content.kind)) {
		for (const index of (content[list] as unknown[]).keys()) {
			for (const spec of LISTS[list]) yield [`/${list}/${index}/${spec.key}`, spec];
		}
	}
}

function valueAt(content: Content, path: string): unknown {
	return path
		.slice(1)
		.split('/')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], content);
}

function setAt(content: Content, path: string, value: unknown): void {
	const keys = path.slice(1).split('/');
	const last = keys.pop()!;
	const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], content) as Record<
		string,
		unknown
	>;
	parent[last] = value;
}

/** The content without what was left out; single values that were left out become unknown. */
export function withoutLeftOut(content: Content, decisions: Record<string, Decision>): Content {
	const kept = structuredClone(content) as Content & Record<string, unknown>;
	const isLeft = (path: string) => decisions[path] === 'left';
	for (const list of Object.keys(LISTS) as ListKey[]) {
		kept[list] = (kept[list] as unknown[]).filter((_, index) => !isLeft(`/${list}/${index}`)) as never;
	}
	for (const { key } of headFields(content.kind)) {
		if (isLeft(`/${key}`) && key !== 'kind')
			(kept as Record<string, unknown>)[key] = Array.isArray(kept[key as keyof Content]) ? [] : null;
	}
	if (isLeft('/quorum')) kept.quorum = { stated: false, votingPresent: null };
	return kept;
}
