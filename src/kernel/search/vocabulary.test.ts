import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, installNotes, removeNote } from '../../../tests/support/notes.ts';
import { VISITOR } from '../access/actor.ts';
import { newId } from '../ids.ts';
import { write } from '../write.ts';
import { compoundsOf } from './compounds.ts';
import { indexDocument } from './index-document.ts';
import { sweepWords } from './reindex.ts';
import { search } from './search.ts';
import { Vocabulary, vocabularyOf } from './vocabulary.ts';

const database = await freshDatabase();
await installNotes(database);

const word = fc.array(fc.constantFrom('rat', 'haus', 'amt', 's', 'wahl', 'ı', 'ﬀ', '𠀀', 'ж'), {
	minLength: 1,
	maxLength: 5,
});
const words = fc.uniqueArray(
	word.map((parts) => parts.join('')),
	{ maxLength: 60 },
);

test('it knows exactly its words, and finds the compounds that a look through all of them finds', () => {
	fc.assert(
		fc.property(words, words, word, (first, later, typed) => {
			const inOrder = first.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
			const vocabulary = new Vocabulary(1, inOrder.join('\n'));
			expect(vocabulary.add(2, later)).toBe(true);
			vocabulary.add(2, later);
			const all = new Set([...inOrder, ...later]);
			for (const one of [...all, typed.join(''), ...typed]) expect(vocabulary.has(one), one).toBe(all.has(one));
			const part = { word: typed.join(''), stem: typed.join('') };
			const candidates = [...all].filter((one) => one.includes(part.stem) && one.length > part.stem.length + 1);
			expect(vocabulary.compounds(part).toSorted()).toEqual(compoundsOf(part, candidates, all).toSorted());
		}),
	);
});

describe('what the memory knows is what the database has', () => {
	const add = (title: string, text = '') => addNote(database.ctx(), { title, text });
	const found = async (text: string) => {
		const ctx = database.ctx(VISITOR);
		const { hits } = await search(ctx, { text });
		await ctx.scope.commit();
		return hits.map(({ title }) => title.map((part) => part.text).join('')).sort();
	};

	test('words that come later make older documents findable, and are found themselves, at once', async () => {
		await add('Erste', 'Die Nixdorfgrubenbrücke hält.');
		expect(await found('Brücke')).toEqual(['Erste']);
		await add('Zweite', 'Eine Salzstockbrücke.');
		expect(await found('Brücke')).toEqual(['Erste', 'Zweite']);
		// "Rad" is short: what stands before it has to be a word
		await add('Dritte', 'Das Quirxrad dreht sich.');
		expect(await found('Rad')).toEqual([]);
		await add('Vierte', 'Ein Quirx.');
		expect(await found('Rad')).toEqual(['Dritte']);
	});

	test('what was taken out by the night is gone from the memory, too', async () => {
		const id = await add('Zipfel', 'Ein Purzelkessel.');
		expect(await found('Kessel')).toEqual(['Zipfel']);
		await removeNote(database.ctx(), id);
		expect(await sweepWords(database.ctx())).toBeGreaterThan(0);
		expect(await found('Kessel')).toEqual([]);
		expect((await vocabularyOf(database.ctx(VISITOR))).has('purzelkessel')).toBe(false);
		const other = await add('Anders', 'Ein Purzelkessel.');
		expect(await found('Kessel')).toEqual(['Anders']);
		await changeNote(database.ctx(), other, { text: 'leer' });
		expect(await found('Kessel')).toEqual([]);
	});

	test('words of a write that was taken back are not believed, though it searched itself', async () => {
		const put = (title: string, body: string, fail: boolean) => {
			const ctx = database.ctx();
			return write(ctx, async (tx) => {
				const id = newId();
				const rest = { keywords: [], href: '/', date: null, facets: {} };
				await indexDocument(tx, 'a.note', id, {
					...rest,
					kind: 'a.note',
					id,
					audience: 'public',
					language: 'de',
					title,
					body,
				});
				const inside = await search({ ...tx, actor: VISITOR }, { text: 'Glocke' });
				if (fail) throw new Error(`found ${inside.total}`);
				return inside.total;
			});
		};
		await expect(put('Nie', 'Die Turmuhrglocke.', true)).rejects.toThrow('found 1');
		expect(await found('Glocke')).toEqual([]);
		expect(await put('Doch', 'Die Schulhausglocke.', false)).toBe(1);
		expect(await found('Glocke')).toEqual(['Doch']);
		const known = await vocabularyOf(database.ctx(VISITOR));
		expect([known.has('turmuhrglocke'), known.has('schulhausglocke')]).toEqual([false, true]);
	});

	test('two who write new words at the same time are both heard', async () => {
		await Promise.all(Array.from({ length: 6 }, (_, n) => add(`Wurzel ${n}`, `Eine Kiefer${'abcdef'[n]}xwurzel.`)));
		expect(await found('Wurzel')).toHaveLength(6);
		await Promise.all([
			add('Links', 'Die Moorwurzel'),
			found('Wurzel'),
			add('Rechts', 'Die Heidewurzel'),
			found('Wurzel'),
		]);
		expect(await found('Wurzel')).toHaveLength(8);
	});
});
