/**
 * KERN's tokens in our own. Colours must all be named here (a new one stops the script); of metrics those that we have
 * too are taken from us, so that the working screens' density reaches KERN's parts; the rest keep KERN's number.
 */
const colours: [RegExp, string][] = [
	[/^white$/, 'sheet'],
	[/^form-input-(border|background)/, 'ink'],
	[/^layout-layer-surface/, 'sunk'],
	[/^layout-background-default/, 'paper'],
	[/^layout-background-inverted/, 'ink'],
	[/^layout-border/, 'line'],
	[/^layout-text-default/, 'ink'],
	[/^layout-text-muted/, 'soft'],
	[/^action-default/, 'accent'],
	[/^action-on-default/, 'on-accent'],
	[/^action-focus-border-outside/, 'focus'],
	[/^action-focus-border-inside/, 'focus'],
	[/^feedback-danger-background/, 'danger-bg'],
	[/^feedback-danger/, 'danger'],
	[/^feedback-default-background/, 'line'],
	[/^feedback-default/, 'accent'],
];

const metrics: Record<string, string> = {
	'metric-space-x-small': '--s1',
	'metric-space-small': '--s2',
	'metric-space-default': '--s3',
	'metric-space-large': '--s4',
	'metric-dimension-x-large': '--target',
	'metric-border-width-light': '--hair',
	'metric-border-width-default': '--rule',
	'metric-border-radius-small': '--r1',
	'metric-border-radius-default': '--r2',
	'typography-font-size-body-default': '--t2',
	'typography-font-size-static-medium': '--t2',
};
const numbers: Record<string, string> = {
	'color-action-state-opacity-disabled': '0.4',
	'typography-font-family-default': 'inherit',
};

/** Replaces each `var(--kern-…, fallback)` of a value. @throws when a colour of KERN has no twin of ours. */
export function withOurTokens(value: string): string {
	return value.replace(
		/var\(--kern-([\w-]+)(?:\s*,\s*((?:[^()]|\([^()]*\))*))?\)/g,
		(whole, name: string, fallback?: string) => {
			if (numbers[name]) return numbers[name];
			if (metrics[name]) return `var(${metrics[name]})`;
			if (!name.startsWith('color-')) return literal(name, whole, fallback);
			const ours = colours.find(([pattern]) => pattern.test(name.slice('color-'.length)));
			if (!ours) throw new Error(`KERN's ${name} has no token of ours: add it to scripts/kern-tokens.ts`);
			return `var(--${ours[1]})`;
		},
	);
}

function literal(name: string, whole: string, fallback?: string): string {
	if (fallback === undefined) throw new Error(`KERN's ${name} has no number: ${whole}`);
	// Readers may enlarge their letters: measures that hold text grow with them.
	return fallback.trim().replace(/\b(\d+)px\b/g, (px, n: string) => (Number(n) >= 6 ? `${Number(n) / 16}rem` : px));
}
