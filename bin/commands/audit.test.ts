import { expect, test } from 'vitest';
import audit from './audit.ts';

test('a wrong call is answered with one sentence', async () => {
	await expect(audit.run([])).rejects.toThrow('Aufruf: mitrat audit');
	await expect(audit.run(['burn'])).rejects.toThrow('„burn“');
	await expect(audit.run(['verify', '--seal', 'gestern'])).rejects.toThrow('Das Siegel');
	await expect(audit.run(['verify', '--loud'])).rejects.toThrow('--loud');
});
