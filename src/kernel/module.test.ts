import { beforeEach, expect, test } from 'vitest';
import { installedModules, installModules, kindOf, permissionOf, type ServerDeclaration } from './module.ts';

const audience = async () => 'none' as const;
const server = (id: string, kinds: string[]): ServerDeclaration => ({
	id,
	migrations: { module: id, folder: '' } as unknown as ServerDeclaration['migrations'],
	kinds: Object.fromEntries(kinds.map((kind) => [kind, { audience, label: `${kind}_label` }])),
	personal: [],
});

beforeEach(() =>
	installModules(
		[
			{ id: 'first', needs: [], navigation: [], permissions: { 'first.read': { roles: ['everyone'] } } },
			{ id: 'second', needs: ['first'], navigation: [], permissions: { 'second.edit': { roles: ['office'] } } },
		],
		[server('first', ['first.thing']), server('second', ['second.thing', 'second.other'])],
	),
);

test('a kind and a permission are found in whichever module declares them', () => {
	expect(kindOf('second.other').label).toBe('second.other_label');
	expect(permissionOf('first.read').roles).toEqual(['everyone']);
	expect(permissionOf('second.edit').roles).toEqual(['office']);
});

test('what no module declares is an error, never open to everybody', () => {
	expect(() => kindOf('second.nothing')).toThrow('no module declares the kind second.nothing');
	expect(() => permissionOf('second.nothing')).toThrow('no module declares the permission second.nothing');
	expect(() => permissionOf('toString')).toThrow('no module declares');
});

test('installing again replaces the list', () => {
	installModules([], []);
	expect(installedModules().modules).toEqual([]);
	expect(() => kindOf('first.thing')).toThrow('no module declares');
});
