import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '#kernel/project.ts';
import { idsIn, idsOfTitle, standingOf } from './scenarios.ts';

test('ids are read from a list and from rows of a table, not from running text of a table', () => {
	expect(idsIn('# GRE-09\nGRE-01 GRE-02\nGRE-01')).toEqual(['GRE-01', 'GRE-02']);
	expect(idsIn('| ID | Doc |\n|---|---|\n| SIT-05 | as in SIT-06 |\n| SIT-07 | x |')).toEqual(['SIT-05', 'SIT-07']);
});

test('the list of the project has every scenario once', () => {
	expect(idsIn(readFileSync(join(projectRoot, 'docs/scenario-ids.txt'), 'utf8'))).toHaveLength(313);
});

test('only ids at the head of a title count', () => {
	expect(idsOfTitle('SIT-05: the chair opens')).toEqual([{ id: 'SIT-05', partly: false }]);
	expect(idsOfTitle('SIT-05, GRE-03~: a substitute')).toEqual([
		{ id: 'SIT-05', partly: false },
		{ id: 'GRE-03', partly: true },
	]);
	expect(idsOfTitle('the chair opens (SIT-05)')).toEqual([]);
	expect(idsOfTitle('SIT-051: a longer number')).toEqual([]);
});

test('a scenario is played by a passing test only, and wholly rather than partly', () => {
	const report = {
		'a.test.ts': [
			{ title: 'GRE-01~: half', passed: true },
			{ title: 'GRE-01: whole', passed: true },
			{ title: 'GRE-02~: half', passed: true },
			{ title: 'GRE-03: broken', passed: false },
			{ title: 'XXX-01: nothing', passed: true },
		],
	};
	expect(standingOf(['GRE-01', 'GRE-02', 'GRE-03'], report)).toEqual({
		played: ['GRE-01'],
		partly: ['GRE-02'],
		open: ['GRE-03'],
		unknown: ['XXX-01'],
	});
});
