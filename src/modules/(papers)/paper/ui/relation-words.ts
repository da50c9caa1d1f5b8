import * as m from '#messages';

const WORDS: Record<string, { to: () => string; from: () => string }> = {
	answers: { to: m.papers_paper_rel_answers, from: m.papers_paper_rel_answered },
	amends: { to: m.papers_paper_rel_amends, from: m.papers_paper_rel_amended },
	replaces: { to: m.papers_paper_rel_replaces, from: m.papers_paper_rel_replaced },
	cites: { to: m.papers_paper_rel_cites, from: m.papers_paper_rel_cited },
	substitutes: { to: m.papers_paper_rel_substitutes, from: m.papers_paper_rel_substituted },
	related: { to: m.papers_paper_rel_related, from: m.papers_paper_rel_related },
};

/** What one paper is to the other, said from the paper whose page it is. */
export function relationWord(kind: string, way: 'to' | 'from'): string {
	return (WORDS[kind] ?? WORDS.related!)[way]();
}

/** Kinds to choose from, in the order of their use. */
export const relationChoices = () =>
	['cites', 'answers', 'amends', 'replaces', 'substitutes', 'related'].map((value) => ({
		value,
		label: relationWord(value, 'to'),
	}));
