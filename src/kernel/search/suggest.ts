import { sql } from 'kysely';
import type { Sight } from '../changes/audience.ts';
import type { Ctx } from '../ctx.ts';
import { fold } from './fold.ts';
import { baseLanguage } from './lexemes.ts';
import type { Plan } from './query-plan.ts';
import { tokenise } from './tokens.ts';

interface Near {
	word: string;
	title: string;
	keywords: string[];
	body: string;
	language: string;
}

/**
 * What the reader may have meant: each word that no document of theirs has is replaced by the most similar one that some
 * document of theirs has, as spelled there. Null when nothing is alike.
 */
export async function suggest(ctx: Ctx, typed: string, plan: Plan, sight: Sight): Promise<string | null> {
	if (!plan.words.length) return null;
	const { rows } = await sql<{ n: number; near: Near | null }>`
		select n::int, kernel.search_similar(${ctx.body.id}::uuid, ${JSON.stringify(sight)}::jsonb, word, known::tsquery) as near
		from unnest(${plan.words.map(({ folded }) => folded)}::text[], ${plan.words.map(({ matches }) => matches)}::text[])
			with ordinality as w (word, known, n) order by n`.execute(ctx.db);
	let text = typed;
	// From the end, so that places before a replaced word stay where they are.
	for (const { n, near } of rows.toReversed()) {
		const { term } = plan.words[n - 1]!;
		if (near) text = text.slice(0, term.start) + spelling(near, term.text) + text.slice(term.end);
	}
	return text === typed ? null : text;
}

/** The word as the document writes it; capitals of a heading are not taken over. */
function spelling(near: Near, typed: string): string {
	const written = [near.title, ...near.keywords, near.body]
		.flatMap((text) => tokenise(text, baseLanguage(near.language)))
		.flatMap(({ forms }) => forms)
		.find((form) => fold(form) === near.word);
	const word = written ?? near.word;
	const shouts = word === word.toUpperCase() && typed !== typed.toUpperCase();
	return shouts ? word.toLowerCase() : word;
}
