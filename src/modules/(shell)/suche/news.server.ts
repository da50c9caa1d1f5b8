import { sql } from 'kysely';
import * as m from '#messages';
import { VISITOR } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { newId } from '#kernel/ids.ts';
import type { NewsItem, NewsSource } from '#kernel/module.ts';
import { search } from '#kernel/search/search.ts';
import { questionWords } from './labels.server.ts';
import { readQuestion, toAddress, type Question } from './schema.ts';

/** A result is told when it stood still for so long: who presses the wrong button has a quarter of an hour. */
const SETTLED_MINUTES = 15;

/** New results of a search, for who ordered them. */
export const searchNews: NewsSource = {
	id: 'shell.search',
	label: () => m.shell_search_news_question(),
	choices: async () => [],
	own: { read, keep, named, forget },
	look,
	tell,
};

/** One spelling of the same question, so that it is kept once. */
function canonical(question: string): { question: Question; text: string } {
	const asked = { ...readQuestion(new URLSearchParams(question)), after: '', everywhere: false };
	return { question: asked, text: toAddress({ ...asked, text: asked.text.trim() }).replace('/suche?', '') };
}

function read(_ctx: Pick<Ctx, 'db' | 'body'>, text: string): { name: string } | null {
	const name = questionWords(canonical(text).question);
	return name ? { name } : null;
}

async function keep(tx: WriteCtx, text: string): Promise<string> {
	const { text: question } = canonical(text);
	const { rows } = await sql<{ id: string }>`
		insert into shell.search_order (body_id, id, question, told_until)
		values (${tx.body.id}, ${newId()}, ${question}, ${tx.now})
		on conflict (body_id, question) do update set question = excluded.question returning id`.execute(tx.db);
	return rows[0]!.id;
}

async function named(ctx: Pick<Ctx, 'db' | 'body'>, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
	if (!ids.length) return [];
	const rows = await ctx.db
		.selectFrom('shell.search_order')
		.select(['id', 'question'])
		.where('id', 'in', [...ids])
		.orderBy('id')
		.execute();
	return rows.map(({ id, question }) => ({ id, name: questionWords(canonical(question).question) }));
}

async function forget(tx: WriteCtx, ordered: readonly string[]): Promise<void> {
	await sql`delete from shell.search_order where body_id = ${tx.body.id} and id <> all (${[...ordered]}::uuid[])`.execute(
		tx.db,
	);
}

/** What became findable for everybody since each search was told last, and still is. Orders cost nothing while nothing is new. */
async function look(tx: WriteCtx): Promise<{ item: string; what: string[] }[]> {
	const until = tx.now.subtract({ minutes: SETTLED_MINUTES });
	const { rows: orders } = await sql<{ id: string; question: string; fresh: string[] }>`
		select o.id, o.question, array(select d.object_id::text from kernel.search_document d
			where d.body_id = o.body_id and d.audience = 'public' and d.first_at > o.told_until and d.first_at <= ${until}
			limit 1000) as fresh
		from shell.search_order o where o.body_id = ${tx.body.id} and o.told_until < ${until} order by o.id`.execute(tx.db);
	const found = new Map<string, string[]>();
	for (const { id, question, fresh } of orders) {
		if (!fresh.length) continue;
		const { text, chosen } = canonical(question).question;
		const facets = Object.fromEntries(Object.entries(chosen).map(([facet, value]) => [facet, [value]]));
		const { hits } = await search({ ...tx, actor: VISITOR }, { text, facets, order: 'date', perPage: 100 });
		for (const hit of hits) if (fresh.includes(hit.id)) found.set(hit.id, [...(found.get(hit.id) ?? []), id]);
	}
	await sql`update shell.search_order set told_until = ${until}
		where body_id = ${tx.body.id} and told_until < ${until}`.execute(tx.db);
	return [...found].map(([item, what]) => ({ item, what }));
}

interface Told {
	id: string;
	title: string;
	href: string;
	date: string | null;
	body: string;
}

/** What strangers may still find of what was found. Two queries. */
async function tell(ctx: Ctx, found: { item: string; what: string[] }[]): Promise<NewsItem[]> {
	const searches = new Map(
		(await named(ctx, [...new Set(found.flatMap(({ what }) => what))])).map((one) => [one.id, one.name]),
	);
	const { rows } = await sql<Told>`select d.object_id as id, d.title, d.href, d.date::text as date,
		coalesce(d.facets #>> '{body,0}', d.facets ->> 'body', '') as body
		from kernel.search_document d where d.body_id = ${ctx.body.id} and d.audience = 'public'
		and d.object_id = any (${found.map(({ item }) => item)}::uuid[])`.execute(ctx.db);
	return found.flatMap(({ item, what }) => {
		const document = rows.find(({ id }) => id === item);
		const names = what.flatMap((id) => searches.get(id) ?? []);
		return document && names.length
			? [{ choices: what, say: (letter) => words(document, names.join(' / '), letter) }]
			: [];
	});
}

function words({ title, href, date, body }: Told, name: string, { locale, origin }: Parameters<NewsItem['say']>[0]) {
	const facts = [
		...(body ? [{ label: m.shell_search_body(), value: body }] : []),
		...(date ? [{ label: m.shell_search_day(), value: formatDay(date, 'long', locale) }] : []),
	];
	return {
		subject: m.shell_search_news_subject({ search: name, title }),
		blocks: [
			{ kind: 'heading' as const, text: title },
			{ kind: 'paragraph' as const, text: m.shell_search_news_found({ search: name }) },
			...(facts.length ? [{ kind: 'facts' as const, facts }] : []),
			{ kind: 'button' as const, label: m.shell_search_news_read(), href: origin + inLocale(href, locale) },
		],
	};
}
