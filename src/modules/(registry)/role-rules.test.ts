import { expect, test } from 'vitest';
import { readClaims, type RoleRule } from './role-rules.ts';

let number = 0;
const rule = (claim: string, value: string, more: Partial<RoleRule> = {}): RoleRule => ({
	id: `r${++number}`,
	claim,
	value,
	duty: 'office',
	organisationId: null,
	stops: false,
	...more,
});
const given = (rules: RoleRule[], claims: Record<string, unknown>) =>
	readClaims(rules, claims).given.map(({ duty }) => duty);

test('a claim fits when it is the value, or a list that holds it, spelled exactly', () => {
	const rules = [rule('groups', 'beirat-gs')];
	for (const groups of ['beirat-gs', ['a', 'beirat-gs']]) expect(given(rules, { groups })).toEqual(['office']);
	for (const groups of ['Beirat-GS', 'beirat', 'beirat-gs-alt', ['a'], [['beirat-gs']], {}, null, undefined, []])
		expect(given(rules, { groups })).toEqual([]);
	expect(given([rule('level', '3'), rule('staff', 'true', { duty: 'auditor' })], { level: 3, staff: true })).toEqual([
		'office',
		'auditor',
	]);
});

test('a name with dots is a claim of that name first, then a path; nothing inherited is one', () => {
	expect(given([rule('realm_access.roles', 'x')], { realm_access: { roles: ['x'] } })).toEqual(['office']);
	expect(given([rule('https://stadt.example/roles', 'x')], { 'https://stadt.example/roles': ['x'] })).toEqual([
		'office',
	]);
	expect(given([rule('a.b', 'x')], { 'a.b': 'y', a: { b: 'x' } })).toEqual([]);
	expect(given([rule('constructor.name', 'Object'), rule('a.length', '1')], { a: ['x'] })).toEqual([]);
});

test('rules add up in their order, each role once, until one stops', () => {
	const rules = [
		rule('groups', 'a'),
		rule('groups', 'b'),
		rule('groups', 'b', { duty: 'editor', organisationId: 'o1' }),
		rule('groups', 'extern', { duty: null, stops: true }),
		rule('groups', 'a', { duty: 'administrator' }),
	];
	expect(readClaims(rules, { groups: ['a', 'b'] }).given).toEqual([
		{ duty: 'office', organisationId: null },
		{ duty: 'editor', organisationId: 'o1' },
		{ duty: 'administrator', organisationId: null },
	]);
	const outside = readClaims(rules, { groups: ['a', 'extern'] });
	expect(outside.given).toEqual([{ duty: 'office', organisationId: null }]);
	expect(outside.fits).toEqual([rules[0]!.id, rules[3]!.id]);
});

test('a claim that is too large to be sent is unknown, not missing', () => {
	const rules = [rule('groups', 'a')];
	const elsewhere = { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x.example' } } };
	expect(readClaims(rules, elsewhere)).toEqual({ fits: [], given: [], unknown: true });
	expect(readClaims(rules, { ...elsewhere, groups: ['a'] }).unknown).toBe(false);
	expect(readClaims([rule('roles', 'a')], elsewhere).unknown).toBe(false);
});
