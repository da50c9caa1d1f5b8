import { sql } from 'kysely';
import type { Ctx } from '../ctx.ts';

/** Languages with a stemmer in PostgreSQL; uk and fa lose their endings here, vi and zh keep their words as they are. */
const DICTIONARIES: Record<string, string> = {
	de: 'german_stem',
	en: 'english_stem',
	ru: 'russian_stem',
	ro: 'romanian_stem',
	fr: 'french_stem',
	tr: 'turkish_stem',
	ar: 'arabic_stem',
};

/** Endings of languages that PostgreSQL does not know, the longest first, and how many letters must remain: enough to bring the forms of a word together. */
const ENDINGS: Record<string, { endings: RegExp; least: number }> = {
	uk: {
		endings: /(?:ями|ами|ові|еві|ого|ому|ими|ій|ий|ої|ою|ею|єю|ам|ям|ах|ях|ів|їв|[аяоеєиіїуюьй])$/u,
		least: 3,
	},
	fa: { endings: /(?:\u200c?هایی|\u200c?های|\u200c?ها|\u200c?ترین|\u200c?تر|\u200cی)$/u, least: 3 },
};

function lightStem(word: string, language: string): string {
	const rule = ENDINGS[language];
	const stem = rule ? word.replace(rule.endings, '') : word;
	return rule && stem.length >= rule.least ? stem : word;
}

export type Stem = { stem: string; stop: boolean };

/** Stems never change while the server runs; the oldest are forgotten when there are many. */
const known = new Map<string, Stem>();
const MOST = 60_000;

/** True for languages that PostgreSQL can stem. */
export function hasStemmer(language: string): boolean {
	return language in DICTIONARIES;
}

/**
 * Stems of words (in small letters) by language. Stop words keep themselves as stem: they are indexed for phrases.
 * @returns a function that answers for every word that was asked
 */
export async function stemmer(
	ctx: Pick<Ctx, 'db'>,
	wanted: Iterable<{ word: string; language: string }>,
): Promise<(word: string, language: string) => Stem> {
	const missing = new Map<string, { word: string; language: string }>();
	const found = new Map<string, Stem>();
	for (const { word, language } of wanted) {
		const key = `${language} ${word}`;
		const stem = hasStemmer(language) ? known.get(key) : { stem: lightStem(word, language), stop: false };
		if (stem) found.set(key, stem);
		else missing.set(key, { word, language });
	}
	for (const [key, stem] of await askDatabase(ctx, missing)) {
		found.set(key, stem);
		remember(key, stem);
	}
	return (word, language) => found.get(`${language} ${word}`) ?? { stem: word, stop: false };
}

async function askDatabase(
	ctx: Pick<Ctx, 'db'>,
	missing: Map<string, { word: string; language: string }>,
): Promise<[string, Stem][]> {
	if (!missing.size) return [];
	const entries = [...missing];
	const { rows } = await sql<{ stems: string[] | null }>`
		select ts_lexize(dictionary::regdictionary, word) as stems
		from unnest(${entries.map(([, { language }]) => DICTIONARIES[language])}::text[],
			${entries.map(([, { word }]) => word)}::text[]) with ordinality as w (dictionary, word, n) order by n`.execute(ctx.db);
	return entries.map(([key, { word }], index) => {
		const stems = rows[index]!.stems;
		return [key, stems?.length === 0 ? { stem: word, stop: true } : { stem: stems?.[0] ?? word, stop: false }];
	});
}

function remember(key: string, stem: Stem): void {
	if (known.size >= MOST) for (const old of [...known.keys()].slice(0, MOST / 10)) known.delete(old);
	known.set(key, stem);
}
