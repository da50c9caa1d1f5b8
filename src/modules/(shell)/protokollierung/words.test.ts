import { expect, test } from 'vitest';
import '../../../modules.server.ts';
import { installedModules } from '#kernel/module.ts';
import { kindWords } from './words.ts';

test('whatever the log tells of has a name that an auditor understands', () => {
	const kinds = installedModules().servers.flatMap((server) => Object.keys(server.kinds));
	expect(kinds.length).toBeGreaterThan(30);
	expect(kinds.filter((kind) => kindWords(kind) === kind)).toEqual([]);
});
