import { readFileSync } from 'node:fs';
// @ts-expect-error the package carries no types; process(css) gives css
import rtlcss from 'rtlcss';
import { describe, expect, it } from 'vitest';
import { kernParts, target, usedClasses } from './kern.ts';

describe('the parts of KERN in use', () => {
	it('stand in the style sheet as the components ask for them', async () => {
		expect(readFileSync(target, 'utf8'), 'run scripts/kern.ts').toBe(await kernParts(usedClasses()));
	});

	it('need no mirrored twin: a tool that mirrors style sheets finds nothing left to turn', async () => {
		const css = await kernParts(usedClasses());
		expect(rtlcss.process(css)).toBe(css);
	});

	it('leave no token of KERN behind and no part that nobody uses', async () => {
		const css = await kernParts(new Set(['kern-form-check__radio']));
		expect(css).toContain('.kern-form-check__radio');
		expect(css).not.toMatch(/--kern|kern-form-input/);
	});
});
