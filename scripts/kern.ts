/**
 * Takes from KERN, the German administration's design system, the parts our components use, and writes them to
 * src/ui/styles/kern.css: their tokens mapped to ours, sides made logical, so one file serves both directions.
 *
 * Run it after a new release of KERN or when a component begins to use another part; kern.test.ts says when it is due.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import postcss, { type AtRule, type Container, type Rule } from 'postcss';
import { logical } from './kern-logical.ts';
import { withOurTokens } from './kern-tokens.ts';

const root = new URL('../', import.meta.url);
/** Where the generated file stands. */
export const target = new URL('src/ui/styles/kern.css', root);

/** What we draw ourselves: the ring of the focus (the same everywhere) and the tick (it must not be mirrored). */
const ours = /:focus|__checkbox.*::before/;

/** All classes of KERN that stand in our components. */
export function usedClasses(): Set<string> {
	const folder = new URL('src/ui/', root);
	const components = readdirSync(folder).filter((name) => name.endsWith('.svelte'));
	const text = components.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
	return new Set(text.match(/\bkern-[\w-]+/g) ?? []);
}

/** The style sheet for these classes: the text of the generated file. */
export async function kernParts(used: Set<string>): Promise<string> {
	const source = readFileSync(fileURLToPath(import.meta.resolve('@kern-ux/native/dist/kern.css')), 'utf8');
	const css = postcss.parse(source);
	css.walkComments((comment) => void comment.remove());
	css.walkRules((rule) => keepUsed(rule, used));
	css.walkAtRules((at) => void (/^(font-face|keyframes|charset)$/.test(at.name) && at.remove()));
	css.walkDecls((declaration) => {
		declaration.value = withOurTokens(declaration.value);
		logical(declaration);
	});
	dropEmpty(css);
	const note = '/* Written by scripts/kern.ts from @kern-ux/native (EUPL-1.2): the parts in use, on our tokens. */';
	return format(`${note}\n${css}`, { ...(await resolveConfig(fileURLToPath(target))), parser: 'css' });
}

/** Keeps of a rule the selectors that hit a used part and nothing but used parts. */
function keepUsed(rule: Rule, used: Set<string>): void {
	const kept = rule.selectors.filter((selector) => {
		const classes = selector.match(/\.kern-[\w-]+/g) ?? [];
		return classes.length > 0 && !ours.test(selector) && classes.every((name) => used.has(name.slice(1)));
	});
	if (kept.length) rule.selectors = kept;
	else rule.remove();
}

function dropEmpty(container: Container): void {
	container.each((node) => {
		if (node.type !== 'atrule' && node.type !== 'rule') return;
		const inner = node as AtRule | Rule;
		if (inner.nodes) dropEmpty(inner);
		if (!inner.nodes?.length) inner.remove();
	});
}

if (import.meta.main) {
	writeFileSync(target, await kernParts(usedClasses()));
}
