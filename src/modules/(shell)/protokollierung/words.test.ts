import { expect, test } from 'vitest';
import { actWords, kindWords } from './words.ts';

test('acts and kinds stand in words; what nobody knows stands as the log has it, whatever its name', () => {
	expect(actWords('agenda confirmed')).toBe('Tagesordnung festgestellt');
	expect(kindWords('council.meeting')).toBe('Sitzung');
	for (const code of ['someLaterAct', 'constructor', '__proto__', 'toString']) {
		expect(actWords(code)).toBe(code);
		expect(kindWords(code)).toBe(code);
	}
});
