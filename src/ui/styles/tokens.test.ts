import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, grounds, townStyle } from '../contrast.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = Object.fromEntries(
	[...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
		name,
		[light, dark],
	]),
) as Record<string, [string, string]>;

const text: [string, string[]][] = [
	['ink', ['paper', 'sheet', 'sunk', 'tint', 'mark', 'danger-bg', 'good-bg', 'warn-bg']],
	['soft', ['paper', 'sheet', 'sunk']],
	['accent', ['paper', 'sheet', 'tint', 'sunk']],
	['on-accent', ['accent']],
	['paper', ['ink']],
	['on-notice', ['notice']],
	['on-notice-soft', ['notice']],
	['notice', ['on-notice', 'on-notice-soft']],
	['danger', ['paper', 'sheet', 'danger-bg']],
	['good', ['paper', 'good-bg']],
	['warn', ['paper', 'warn-bg']],
];
const edges: [string, string[]][] = [
	['edge', ['paper', 'sheet']],
	['focus', ['paper', 'sheet', 'sunk', 'tint']],
	['ink', ['sunk']],
];

describe('the colours', () => {
	for (const [theme, i] of [
		['light', 0],
		['dark', 1],
	] as const) {
		for (const [least, pairs] of [
			[4.5, text],
			[3, edges],
		] as const) {
			it(`can be read, ${theme}, at least ${least} to 1`, () => {
				for (const [front, backs] of pairs) {
					for (const back of backs) {
						expect(contrast(tokens[front]![i], tokens[back]![i]), `${front} on ${back}`).toBeGreaterThanOrEqual(least);
					}
				}
			});
		}
	}

	it('are the grounds that a town’s accent is measured on', () => {
		expect(tokens.paper).toEqual(grounds.paper);
		expect(tokens.sheet).toEqual(grounds.sheet);
		expect(tokens['on-notice']).toEqual(grounds.onNotice);
	});
});

describe('townStyle', () => {
	const house = { accent: tokens.accent!, tint: tokens.tint!, notice: tokens.notice! };

	it('takes the colours of the house', () => {
		expect(townStyle(house)).toContain('--accent:light-dark(#005373,#8ecfe8)');
	});

	it('refuses an accent that nobody can read, and says which pair', () => {
		expect(() => townStyle({ ...house, accent: ['#e2b100', '#8ecfe8'] })).toThrow(
			/accent on paper: #e2b100 .* of 4\.5/,
		);
		expect(() => townStyle({ ...house, accent: ['red', '#8ecfe8'] })).toThrow(/not a colour/);
	});
});

describe('contrast', () => {
	it('knows the two ends of the scale', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
		expect(contrast('#777777', '#777777')).toBe(1);
	});
});
