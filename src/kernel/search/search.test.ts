import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { addNote, changeNote, installNotes, removeNote, type Note } from '../../../tests/support/notes.ts';
import { OPERATOR, VISITOR, type Actor } from '../access/actor.ts';
import { newId } from '../ids.ts';
import { write } from '../write.ts';
import { toMarkup } from './highlight.ts';
import { indexDocument } from './index-document.ts';
import { reindex, sweepWords } from './reindex.ts';
import { search, type SearchRequest } from './search.ts';

const database = await freshDatabase();
await installNotes(database);

const MEMBER: Actor = {
	...VISITOR,
	kind: 'person',
	grants: [{ role: 'member', organisationId: newId(), personId: newId() }],
};

async function find(
	text: string,
	actor: Actor = VISITOR,
	more: Partial<SearchRequest> = {},
	locale?: 'de' | 'ar' | 'en' | 'fr',
) {
	const ctx = database.ctx(actor);
	if (locale) ctx.locale = locale;
	const result = await search(ctx, { text, ...more });
	await ctx.scope.commit();
	return result;
}

/** Titles of what is found, in order. */
async function titles(text: string, actor?: Actor, locale?: 'de' | 'ar' | 'en' | 'fr') {
	return (await find(text, actor, {}, locale)).hits.map(({ title }) => title.map((part) => part.text).join(''));
}

const add = (note: Partial<Note>) => addNote(database.ctx(), note);

describe('what finds what', () => {
	beforeAll(async () => {
		await add({ title: 'Sternform', text: 'Beratung für Ausländer*innen im Rathaus' });
		await add({ title: 'Doppelpunkt', text: 'Beratung für Ausländer:innen im Rathaus' });
		await add({ title: 'Unterstrich', text: 'Beratung für Ausländer_innen' });
		await add({ title: 'Binnen-I', text: 'Beratung für AusländerInnen' });
		await add({ title: 'Schrägstrich', text: 'Beratung für Ausländer/-innen' });
		await add({ title: 'Maskulin', text: 'Beratung für Ausländer' });
		await add({ title: 'Feminin', text: 'Beratung für Ausländerinnen' });
		await add({ title: 'Amt mit Stern', text: 'Die Ausländer*innenbehörde zieht um.' });
		await add({ title: 'Amt ohne Stern', text: 'Die Ausländerbehörde zieht um.' });
		await add({ title: 'Amt feminin', text: 'Die Ausländerinnenbehörde zieht um.' });
		await add({ title: 'Altes Blatt', text: 'Die Auslaenderbehoerde nimmt Antraege an.' });
		await add({ title: 'Beiratswahl', text: 'Der Integrationsbeirat wurde gewählt. Heirat und Fraktion.' });
		await add({ title: 'Vorlage', text: 'Antrag A0193/22 zum Sprachkurs, siehe auch DS 0412/2021.' });
		await add({
			title: 'Runder Tisch',
			text: 'Der runde Tisch tagt monatlich. Am Tisch sitzt eine runde Zahl von Gästen.',
		});
		await add({ title: 'Möbel', text: 'Am Tisch geht es rund.' });
		await add({
			title: 'Council',
			text: 'The council discussed housing and the integration of refugees.',
			language: 'en',
		});
		await add({ title: 'المجلس', text: 'ناقش المجلس سياسة الإندماج في المدينة', language: 'ar' });
		await add({ title: 'Рада', text: 'Міська рада обговорила інтеграцію', language: 'uk' });
		await add({ title: '委员会', text: '移民委员会讨论了住房问题', language: 'zh' });
		await add({ title: 'Conseil', text: "Les réunions du conseil d'intégration", language: 'fr' });
		await add({ title: 'Hội đồng', text: 'Hội đồng hội nhập họp hôm nay', language: 'vi' });
	});

	const persons = ['Sternform', 'Doppelpunkt', 'Unterstrich', 'Binnen-I', 'Schrägstrich', 'Maskulin', 'Feminin'];
	test.each([
		'Ausländer',
		'Ausländerinnen',
		'Ausländer*innen',
		'Ausländer:innen',
		'Ausländer_innen',
		'AusländerInnen',
		'Ausländer/-innen',
		'auslander',
		'Auslaender',
		'AUSLÄNDER',
	])('%s finds every gendered form', async (text) =>
		expect(await titles(text)).toEqual(expect.arrayContaining(persons)),
	);

	const offices = ['Altes Blatt', 'Amt feminin', 'Amt mit Stern', 'Amt ohne Stern'];
	test.each([
		'Behörde',
		'Behörden',
		'Ausländerbehörde',
		'Ausländer*innenbehörde',
		'Ausländerinnenbehörde',
		'auslaenderbehoerde',
	])('%s finds the office', async (text) => {
		expect((await titles(text)).sort()).toEqual(offices);
	});

	test('a part finds its compounds, and no accident of letters', async () => {
		expect(await titles('Beirat')).toEqual(['Beiratswahl']);
		expect(await titles('Rat')).not.toContain('Beiratswahl');
		expect(await titles('Aktion')).toEqual([]);
	});

	test('whole words rank before compounds', async () => {
		await add({ title: 'Das Wort selbst', text: 'Eine Behörde.' });
		expect((await titles('Behörde'))[0]).toBe('Das Wort selbst');
	});

	test.each(['A0193/22', 'a 0193 / 22', 'A193/22', 'A 193/2022', '0193/22', 'ds 412/21', 'DS0412/2021'])(
		'the paper number %s is found',
		async (text) => {
			expect(await titles(text)).toEqual(['Vorlage']);
		},
	);

	test('another letter is another paper', async () => expect(await titles('B0193/22')).toEqual([]));

	test('a phrase keeps its words together', async () => {
		expect((await titles('runder Tisch')).sort()).toEqual(['Möbel', 'Runder Tisch']);
		expect(await titles('"runder Tisch"')).toEqual(['Runder Tisch']);
		expect(await titles('„der runde Tisch tagt“')).toEqual(['Runder Tisch']);
		expect(await titles('"Tisch runder"')).toEqual([]);
	});

	test('where nothing has all words, what has some of them is found, and compounds in pieces', async () => {
		const some = await find('Sprachkurs Raumfahrt');
		expect(some.hits.map(({ title }) => title.map(({ text }) => text).join(''))).toEqual(['Vorlage']);
		expect(some.partial).toBe(true);
		expect((await find('Sprachkurs')).partial).toBe(false);
		expect(await titles('Tischgästen -monatlich')).toEqual([]);
		await add({ title: 'Geteilt', text: 'Die Polizei erklärte ihre Kontrollen.' });
		expect(await titles('Polizeikontrollen')).toEqual(['Geteilt']);
		expect(await titles('Polizeikontrollen -erklärte')).toEqual([]);
	});

	test('minus leaves out, a star completes', async () => {
		expect(await titles('Tisch -monatlich')).toEqual(['Möbel']);
		expect(await titles('Sprachk*')).toEqual(['Vorlage']);
	});

	test('small words do not get in the way, unless they are all there is', async () => {
		expect(await titles('der Sprachkurs und die')).toEqual(['Vorlage']);
		expect((await titles('"die Ausländerbehörde"')).sort()).toEqual(offices);
	});

	test('other languages have their own stems', async () => {
		expect(await titles('refugee', VISITOR, 'en')).toEqual(['Council']);
		expect(await titles('réunion', VISITOR, 'fr')).toEqual(['Conseil']);
		expect(await titles('reunions')).toEqual(['Conseil']);
		expect(await titles('مجلس', VISITOR, 'ar')).toEqual(['المجلس']);
		expect(await titles('الاندماج', VISITOR, 'ar')).toEqual(['المجلس']);
		expect(await titles('рада')).toEqual(['Рада']);
		expect(await titles('міської ради')).toEqual(['Рада']);
		expect(await titles('移民')).toEqual(['委员会']);
		expect(await titles('委员')).toEqual(['委员会']);
		await add({ title: 'دوچرخه', text: 'کلاس‌های دوچرخه‌سواری برای زنان', language: 'fa' });
		for (const typed of ['کلاس', 'کلاسها', 'دوچرخه سواری', 'دوچرخه‌سواری'])
			expect(await titles(typed, VISITOR, 'ar')).toEqual(['دوچرخه']);
		await add({ title: 'Gezi', text: 'ISPARTA derneği çocuklarımız için kitaplar getirdi', language: 'tr' });
		for (const typed of ['ısparta', 'isparta', 'kitap', 'ÇOCUKLAR'])
			expect(await titles(typed, VISITOR, 'fr')).toEqual(['Gezi']);
		expect(await titles('hoi dong')).toEqual(['Hội đồng']);
	});

	test('nothing that is typed is an error', async () => {
		for (const text of [
			"'",
			'"',
			'-',
			'!',
			'& | !',
			"a' | 'b",
			'\\',
			'<->',
			':*',
			'***',
			'"" -""',
			'(',
			'𝕒',
			'\u0000'.replace('\u0000', ' '),
		]) {
			expect((await find(text)).total).toBeGreaterThanOrEqual(0);
		}
	});
});

describe('results', () => {
	test('hits are marked where they stand, and markup is safe', async () => {
		await add({
			title: 'Der <b>Leuchtturm</b>',
			text: `${'Vorwort. '.repeat(60)}Hier steht das Leuchtturmprojekt "Hafen & Welt" am Wasser. ${'Nachwort. '.repeat(60)}`,
		});
		const [hit] = (await find('Leuchtturm')).hits;
		expect(toMarkup(hit!.title)).toBe('Der &lt;b&gt;<mark>Leuchtturm</mark>&lt;/b&gt;');
		expect(toMarkup(hit!.snippet)).toContain('<mark>Leuchtturmprojekt</mark> &quot;Hafen &amp; Welt&quot;');
		expect(hit!.snippet.map(({ text }) => text).join('').length).toBeLessThan(300);
		expect(hit!.href).toMatch(/^\/notes\//);
	});

	test('facets count, and their own choice does not hide the others', async () => {
		const ctx = database.ctx();
		const place = async (kind: string, year: number, title: string) =>
			write(ctx, (tx) => {
				const date = new Temporal.PlainDate(year, 5, 1);
				const id = newId();
				return indexDocument(tx, kind, id, {
					kind,
					id,
					audience: 'public',
					language: 'de',
					title,
					keywords: [],
					body: '',
					href: '/',
					date,
					facets: {},
				});
			});
		await place('a.paper', 2024, 'Windmühle eins');
		await place('a.paper', 2025, 'Windmühle zwei');
		await place('a.meeting', 2025, 'Windmühle drei');
		const all = await find('Windmühle');
		expect(all.facets.kind).toEqual([
			{ value: 'a.paper', count: 2, chosen: false },
			{ value: 'a.meeting', count: 1, chosen: false },
		]);
		const papers = await find('Windmühle', VISITOR, { facets: { kind: ['a.paper'] } });
		expect(papers.total).toBe(2);
		expect(papers.facets.kind).toMatchObject([{ count: 2, chosen: true }, { count: 1 }]);
		expect(papers.facets.year).toMatchObject([
			{ value: '2024', count: 1 },
			{ value: '2025', count: 1 },
		]);
		const each = await find('Windmühle', VISITOR, { perKind: 1 });
		expect(each.hits.map(({ kind }) => kind).sort()).toEqual(['a.meeting', 'a.paper']);
		expect([each.total, each.next]).toEqual([3, null]);
		const both = await find('Windmühle', VISITOR, { facets: { kind: ['a.paper'], year: ['2025'] } });
		expect(both.hits.map(({ date }) => date?.year)).toEqual([2025]);
		expect((await find('', VISITOR, { facets: { kind: ['a.paper'] }, perPage: 1 })).hits).toHaveLength(1);
		const first = await find('Windmühle', VISITOR, { perPage: 2 });
		const second = await find('Windmühle', VISITOR, { perPage: 2, after: first.next! });
		expect([...first.hits, ...second.hits].map(({ id }) => id).sort()).toEqual(all.hits.map(({ id }) => id).sort());
		expect([first.hits.length, second.hits.length, second.next]).toEqual([2, 1, null]);
	});

	test('a typing error is answered with what the reader may have meant', async () => {
		await add({ title: 'Kinderbetreuung', text: 'Dolmetscherinnen und Kinderbetreuung' });
		expect((await find('Kinderbetreung')).suggestion).toBe('Kinderbetreuung');
		expect((await find('Dolmetscherinen  -Haus "x"')).suggestion).toBe('Dolmetscherinnen  -Haus "x"');
		expect((await find('Kinderbetreuung')).suggestion).toBeNull();
		expect((await find('qqqqqqq')).suggestion).toBeNull();
	});
});

describe('what a reader may not see', () => {
	test('never appears: not in hits, counts, facets or suggestions', async () => {
		await add({ title: 'Personalangelegenheit Zwickelmann', text: 'Geheimnis', audience: 'office' });
		await add({ title: 'Mitgliedersache Zwickelmann', text: 'Nur wir', audience: 'members' });
		const stranger = await find('Zwickelmann');
		expect(stranger).toEqual({
			hits: [],
			facets: {},
			total: 0,
			counted: 0,
			sampled: 0,
			next: null,
			partial: false,
			suggestion: null,
		});
		expect((await find('Zwickelman')).suggestion).toBeNull();
		expect((await find('Personalangelegenheid')).suggestion).toBeNull();
		expect(await titles('Zwickelmann', MEMBER)).toEqual(['Mitgliedersache Zwickelmann']);
		expect((await find('Personalangelegenheid', MEMBER)).suggestion).toBeNull();
		expect((await find('Zwickelmann', OPERATOR)).total).toBe(2);
		expect((await find('Personalangelegenheid', OPERATOR)).suggestion).toBe('Personalangelegenheit');
	});

	test('a suggestion is spelled as in a document the reader sees', async () => {
		await add({ title: 'x', text: 'GRÖNLÄNDISCH', audience: 'office' });
		await add({ title: 'y', text: 'Grönländisch' });
		expect((await find('Grönlandischh')).suggestion).toBe('Grönländisch');
	});

	test('members of one council body do not find the matters of another', async () => {
		const [mine, other] = [MEMBER.grants[0]!.organisationId!, newId()];
		const ctx = database.ctx();
		for (const organisationId of [mine, other]) {
			await write(ctx, (tx) => {
				const id = newId();
				return indexDocument(tx, 'a.note', id, {
					kind: 'a.note',
					id,
					audience: 'members',
					organisationId,
					language: 'de',
					title: `Klausur ${organisationId}`,
					keywords: [],
					body: '',
					href: '/',
					date: null,
					facets: {},
				});
			});
		}
		expect(await titles('Klausur', MEMBER)).toEqual([`Klausur ${mine}`]);
		expect(await titles('Klausur')).toEqual([]);
		expect(
			await titles('Klausur', { ...MEMBER, grants: [{ ...MEMBER.grants[0]!, organisationId: null }] }),
		).toHaveLength(2);
	});

	test('another town does not appear', async () => {
		const other = await database.addTown('Nebenstadt');
		await addNote(database.ctx(OPERATOR, other), { title: 'Fremdwort', text: 'Fremdwort' });
		expect(await find('Fremdwort', OPERATOR)).toMatchObject({ total: 0, suggestion: null });
		expect((await find('Fremdwordt', OPERATOR)).suggestion).toBeNull();
	});

	test('what is closed or removed later disappears', async () => {
		const id = await add({ title: 'Wechselhaft', text: 'Wechselhaft' });
		expect(await titles('Wechselhaft')).toHaveLength(1);
		await changeNote(database.ctx(), id, { audience: 'office' });
		expect(await titles('Wechselhaft')).toEqual([]);
		await changeNote(database.ctx(), id, { audience: 'public', title: 'Beständig', text: '' });
		expect(await titles('Wechselhaft')).toEqual([]);
		expect(await titles('Beständig')).toHaveLength(1);
		await removeNote(database.ctx(), id);
		expect(await titles('Beständig')).toEqual([]);
	});

	test('words that no document has any more are forgotten', async () => {
		const id = await add({ title: 'Einmalwort', text: '' });
		await removeNote(database.ctx(), id);
		expect(await sweepWords(database.ctx())).toBeGreaterThan(0);
		expect(await database.sql(`select word from kernel.search_word where word = 'einmalwort'`)).toEqual([]);
		expect(await database.sql(`select word from kernel.search_word where word = 'auslanderbehorde'`)).toHaveLength(1);
	});
});

test('the index is rebuilt from the records', async () => {
	await database.sql(`update kernel.search_document set vector = '' where kind = 'notes.note'`);
	expect(await titles('Sprachkurs')).toEqual([]);
	await database.sql(`delete from kernel.search_document where kind <> 'notes.note'`);
	await reindex(database.ctx());
	expect(await titles('Sprachkurs')).toEqual(['Vorlage']);
});

test('the search uses the text index under the role of requests, where a plain query could not', async () => {
	await database.sql(
		`insert into kernel.search_document (body_id, kind, object_id, audience, language, title, keywords, body, href, vector)
		 select $1, 'filler', gen_random_uuid(), 'public', 'de', 'x', '{}', '', '/', format('''wort%s'':1 ''fueller'':2', n)::tsvector
		 from generate_series(1, 5000) n`,
		[database.town.id],
	);
	await database.sql('vacuum analyze kernel.search_document');
	const client = new pg.Client(database.app);
	await client.connect();
	await client.query(`set mitrat.body = '${database.town.id}'`);
	const plain = await client.query(`explain select 1 from kernel.search_document where vector @@ '''sprachkurs'''`);
	expect(JSON.stringify(plain.rows)).not.toContain('search_document_vector');
	const uses = async () => {
		await client.query('select pg_stat_force_next_flush()');
		const { rows } = await client.query(
			`select idx_scan::int as n from pg_stat_user_indexes where indexrelname = 'search_document_vector'`,
		);
		return rows[0].n as number;
	};
	const before = await uses();
	const sight = JSON.stringify({ audiences: ['public'], organisations: {} });
	await client.query(
		`select kernel.search($1, $2, $3, $3, null, null, '{}', '{}', false, null, 10, null, '{"most": 10000, "sample": 499}')`,
		[database.town.id, sight, "'sprachkurs'"],
	);
	const after = await uses();
	await client.end();
	expect(after).toBeGreaterThan(before);
});
