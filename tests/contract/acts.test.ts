/** Whoever reads the audit log reads words: every act that the sources can write has them, and so has what it was done to. */
import { expect, test } from 'vitest';
import '../../src/modules.server.ts';
import { installedModules } from '../../src/kernel/module.ts';
import { projectRoot } from '../../src/kernel/project.ts';
import { actWords, kindWords } from '../../src/modules/(shell)/protokollierung/words.ts';
import { touchings } from '../support/acts.ts';

const found = touchings(projectRoot, ['src', 'bin']);

test('the sources have the acts that this test is about', () => {
	expect(found.length).toBeGreaterThan(300);
	expect(new Set(found.flatMap(({ acts }) => acts ?? [])).size).toBeGreaterThan(250);
});

test('the types say of each entry which acts it can tell of', () => {
	expect(found.filter(({ acts }) => !acts).map(({ where }) => where)).toEqual([]);
});

test('each act that can stand in the log has words there', () => {
	const mute = found.flatMap(({ acts, where }) =>
		(acts ?? []).filter((act) => actWords(act) === act).map((act) => `${act} (${where})`),
	);
	expect(mute).toEqual([]);
});

test('each kind of record that an act can be done to has a name there', () => {
	const declared = installedModules().servers.flatMap(({ kinds, personal }) => [
		...Object.keys(kinds),
		...personal.flatMap(({ touches }) => touches?.kind ?? []),
	]);
	const kinds = new Set([...declared, ...found.flatMap((one) => one.kinds ?? [])]);
	expect(kinds.size).toBeGreaterThan(30);
	expect([...kinds].filter((kind) => kindWords(kind) === kind)).toEqual([]);
});
