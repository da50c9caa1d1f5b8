import { expect, test } from 'vitest';
import { PRESETS } from '../../rules/presets.ts';
import { changesBetween, citationLines, readCitations, readRules, RULE_SECTIONS, valuesOf } from './fields.ts';

test('every preset comes back from its own form as it was', () => {
	for (const { rules, key } of PRESETS) expect(readRules(valuesOf(rules)), key).toEqual({ rules });
});

test('the form shows every value that a profile has', () => {
	const shown = new Set(RULE_SECTIONS.flatMap(({ fields }) => fields.map(({ path }) => path)));
	const paths = (value: unknown, path: string): string[] =>
		value !== null && typeof value === 'object' && !shown.has(path)
			? Object.entries(value).flatMap(([key, part]) => paths(part, path ? `${path}.${key}` : key))
			: [path];
	for (const { rules } of PRESETS) expect(paths(rules, '').filter((path) => !shown.has(path))).toEqual([]);
});

test('a word where a number belongs, and no round at all, are faults of their fields', () => {
	const typed: Record<string, string> = {
		...valuesOf(PRESETS[0]!.rules),
		'notice.days': 'eine Woche',
		'election.rounds.0.win': '',
	};
	for (const n of [1, 2, 3]) typed[`election.rounds.${n}.win`] = '';
	const read = readRules(typed);
	expect('faults' in read && read.faults.map(({ path }) => path)).toEqual(['notice.days', 'election.rounds.0.win']);
});

test('changes are named by what they were and are', () => {
	const [old, later] = [PRESETS[0]!.rules, PRESETS[1]!.rules];
	expect(changesBetween(old, later)).toEqual([{ path: 'chairIsCommissioner', before: 'yes', after: 'no' }]);
	expect(changesBetween(old, old)).toEqual([]);
});

test('sources are lines, with an address after a bar', () => {
	const typed = {
		'citations.quorum': '§ 7 der Satzung | https://elbstadt.example/satzung\n\n§ 55 KVG LSA | javascript:1',
	};
	const citations = readCitations(typed);
	expect(citations).toEqual([
		{ rule: 'quorum', text: '§ 7 der Satzung', url: 'https://elbstadt.example/satzung' },
		{ rule: 'quorum', text: '§ 55 KVG LSA', url: null },
	]);
	expect(citationLines(citations, 'quorum')).toBe('§ 7 der Satzung | https://elbstadt.example/satzung\n§ 55 KVG LSA');
});
