/**
 * Contrast of two colours by WCAG 2.2 (relative luminance). Colours as #rrggbb.
 * @returns 1 (the same) to 21 (black on white)
 */
export function contrast(one: string, other: string): number {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
	const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
	if (!hex) throw new RangeError(`not a colour as #rrggbb: ${colour}`);
	const [r, g, b] = hex.slice(1).map((part) => {
		const value = Number.parseInt(part, 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** What a town may choose: its accent and its one coloured surface, each for light and for dark. */
export type TownColours = { accent: [light: string, dark: string]; tint: [string, string]; notice: [string, string] };

/** The grounds an accent has to stand on, light and dark: tokens.test.ts keeps them equal to tokens.css. */
export const grounds = {
	paper: ['#faf7f1', '#0e161b'],
	sheet: ['#ffffff', '#161f26'],
	onNotice: ['#fdfaf3', '#f7f5ef'],
} as const;

/**
 * The style sheet text for a town's colours.
 * @throws RangeError naming the pair that can't be read (text needs 4.5 : 1)
 */
export function townStyle(colours: TownColours): string {
	for (const theme of [0, 1] as const) {
		demand(colours.accent[theme], grounds.paper[theme], 'accent on paper');
		demand(colours.accent[theme], grounds.sheet[theme], 'accent on sheet');
		demand(colours.accent[theme], colours.tint[theme], 'accent on tint');
		demand(theme === 0 ? '#ffffff' : grounds.paper[1], colours.accent[theme], 'button label on accent');
		demand(grounds.onNotice[theme], colours.notice[theme], 'text on the notice');
	}
	const lines = Object.entries(colours).map(([name, [light, dark]]) => `--${name}:light-dark(${light},${dark})`);
	return `:root{${lines.join(';')}}`;
}

function demand(text: string, ground: string, what: string): void {
	const reached = contrast(text, ground);
	if (reached < 4.5) throw new RangeError(`${what}: ${text} on ${ground} reaches ${reached.toFixed(2)} of 4.5`);
}
