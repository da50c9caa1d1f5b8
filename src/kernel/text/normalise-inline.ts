/** One form for runs of text. */
import { isLanguageTag } from './lang.ts';
import { isSafeLink } from './link.ts';
import type { Inline, Lang, Run } from './schema.ts';

/** Joins equal neighbours, trims both ends, keeps bold and emphasis off the white space around their words. */
export function tidyInline(content: Inline): Inline {
	const bare = holdTogether(content.flatMap(splitEdges));
	const joined: Inline = [];
	for (const run of bare) {
		const last = joined.at(-1);
		if (last && sameMarks(last, run)) last.text += run.text;
		else if (run.text) joined.push(run);
	}
	// Joined text can compose anew (a letter and its accent in two runs) and can end in white space: until it rests.
	const trimmed = trimEnds(joined.map((run) => ({ ...run, text: tidyText(run.text) })));
	return sameInline(trimmed, content) ? trimmed : tidyInline(trimmed);
}

/** A bold or emphasised run as its leading white space, its words, its trailing white space. */
function splitEdges(run: Run): Inline {
	const [, lead = '', words = '', trail = ''] = /^([ \n]*)(.*?)([ \n]*)$/s.exec(tidyText(run.text)) ?? [];
	const outer = {
		...(run.link && isSafeLink(run.link) ? { link: run.link } : {}),
		...tidyLang(run.lang),
	};
	const inner = {
		...(run.bold ? { bold: true as const } : {}),
		...(run.emphasis ? { emphasis: true as const } : {}),
		...outer,
	};
	const parts = [
		{ text: lead, ...outer },
		{ text: words, ...inner },
		{ text: trail, ...outer },
	];
	return parts.filter((part) => part.text);
}

/** A language tag in its usual writing (`AR` is `ar`); one that is none is left out. */
export function tidyLang(lang: Lang | undefined): { lang?: Lang } {
	if (!lang || !isLanguageTag(lang.tag)) return {};
	return { lang: { tag: new Intl.Locale(lang.tag).toString(), dir: lang.dir } };
}

/** White space alone carries a link or a language only between two runs that carry the same. */
function holdTogether(runs: Inline): Inline {
	return runs.map((run, at) => {
		if (/\S/.test(run.text)) return run;
		const [before, after] = [runs[at - 1], runs[at + 1]];
		const { link, lang, ...rest } = run;
		const keepLink = link && before?.link === link && after?.link === link;
		const keepLang = lang && before?.lang?.tag === lang.tag && after?.lang?.tag === lang.tag;
		return { ...rest, ...(keepLink ? { link } : {}), ...(keepLang ? { lang } : {}) };
	});
}

// Control characters, byte order marks and the two bidi overrides: the last let shown words differ from stored ones.
const UNWANTED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufff9-\ufffc\ufffe\uffff\u202d\u202e]/g;

export function tidyText(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
		.replace(/[\t\v\f]/g, ' ')
		.replace(UNWANTED, '')
		.normalize('NFC')
		.replace(/ *\n */g, '\n')
		.replace(/ {2,}/g, ' ')
		.replace(/\n{2,}/g, '\n');
}

function trimEnds(content: Inline): Inline {
	const trimmed = content.map((run, at) => {
		let text = run.text;
		const before = content[at - 1]?.text;
		if (at === 0) text = text.replace(/^[ \n]+/, '');
		else if (before && /[ \n]$/.test(before)) text = text.replace(before.endsWith('\n') ? /^[ \n]+/ : /^ +/, '');
		if (at === content.length - 1) text = text.replace(/[ \n]+$/, '');
		else if (/^\n/.test(content[at + 1]?.text ?? '')) text = text.replace(/ +$/, '');
		return { ...run, text };
	});
	return trimmed.filter((run) => run.text);
}

/** The same with spaces for line ends. */
export function oneLine(content: Inline): Inline {
	return content.map((run) => ({ ...run, text: run.text.replace(/[\r\n]+/g, ' ') }));
}

/** Whether two runs carry the same marks. */
export function sameMarks(a: Run, b: Run): boolean {
	return (
		a.bold === b.bold &&
		a.emphasis === b.emphasis &&
		a.link === b.link &&
		a.lang?.tag === b.lang?.tag &&
		a.lang?.dir === b.lang?.dir
	);
}

function sameInline(a: Inline, b: Inline): boolean {
	return a.length === b.length && a.every((run, at) => run.text === b[at]?.text && sameMarks(run, b[at]));
}
