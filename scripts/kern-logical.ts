import type { Declaration } from 'postcss';

const sides: Record<string, string> = {
	left: 'inset-inline-start',
	right: 'inset-inline-end',
	top: 'inset-block-start',
	bottom: 'inset-block-end',
	width: 'inline-size',
	height: 'block-size',
	'min-height': 'min-block-size',
	'max-height': 'max-block-size',
	'min-width': 'min-inline-size',
	'max-width': 'max-inline-size',
	'border-top-left-radius': 'border-start-start-radius',
	'border-top-right-radius': 'border-start-end-radius',
	'border-bottom-left-radius': 'border-end-start-radius',
	'border-bottom-right-radius': 'border-end-end-radius',
};
const inline: Record<string, string> = {
	left: 'inline-start',
	right: 'inline-end',
	top: 'block-start',
	bottom: 'block-end',
};

/** Turns one physical declaration into its logical twin, in place; shorthands of four values become two. */
export function logical(declaration: Declaration): void {
	const { prop, value } = declaration;
	const whole = sides[prop];
	if (whole) declaration.prop = whole;
	const part = prop.match(/^(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)(-.+)?$/);
	if (part) declaration.prop = `${part[1]}-${inline[part[2]!]}${part[3] ?? ''}`;
	if (/^(text-align|float|clear)$/.test(prop))
		declaration.value = value.replace(/\bleft\b/, 'start').replace(/\bright\b/, 'end');
	if (/^(margin|padding)$/.test(prop)) fourToTwo(declaration);
}

/** `padding: 6px 40px 2px 16px` says right before left; as block and inline it turns with the reader. */
function fourToTwo(declaration: Declaration): void {
	const values = outerWords(declaration.value);
	if (values.length !== 4 || values[1] === values[3]) return;
	const [top, right, bottom, left] = values;
	declaration.cloneBefore({ prop: `${declaration.prop}-block`, value: `${top} ${bottom}` });
	declaration.prop += '-inline';
	declaration.value = `${left} ${right}`;
}

/** Splits at spaces that stand outside brackets. */
function outerWords(value: string): string[] {
	return value.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}
