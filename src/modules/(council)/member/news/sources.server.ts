import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { isId, newId } from '#kernel/ids.ts';
import { installedModules, type NewsItem, type NewsSource } from '#kernel/module.ts';

/** A choice of a source, as the pages of orders show it. `value` names source and choice: "papers.topic:<id>". */
export interface FurtherChoice {
	value: string;
	source: string;
	id: string;
	name: string;
}

export interface FurtherChoices {
	source: string;
	/** The question over its choices, in the reader's language. */
	label: string;
	choices: FurtherChoice[];
}

/** What later modules offer beside sessions. */
function newsSources(): NewsSource[] {
	return installedModules().servers.flatMap(({ newsSources: sources = [] }) => sources);
}

/** What a reader has or wants of choices that nobody else is offered. */
export interface OwnWish {
	/** "shell.search?q=…": the source, and what its `own.read` understands. */
	wish?: string | null;
	/** Orders that are there: "shell.search:<id>". */
	values?: readonly string[];
}

/** All that can be ordered beside the sessions of bodies; sources without a choice are left out. One query a source. */
export async function furtherChoices(
	ctx: Pick<Ctx, 'db' | 'body'>,
	{ wish = null, values = [] }: OwnWish = {},
): Promise<FurtherChoices[]> {
	const all: FurtherChoices[] = [];
	for (const source of newsSources()) {
		const ids = values.flatMap((value) =>
			value.startsWith(`${source.id}:`) ? [value.slice(source.id.length + 1)] : [],
		);
		const own = source.own && ids.length ? await source.own.named(ctx, ids.filter(isId)) : [];
		const choices = [...(await source.choices(ctx)), ...own].map(({ id, name }) => ({
			value: `${source.id}:${id}`,
			source: source.id,
			id,
			name,
		}));
		const asked = wishOf(source, wish);
		const name = asked !== null && source.own?.read(ctx, asked)?.name;
		if (name) choices.push({ value: `${source.id}?${asked}`, source: source.id, id: '', name });
		if (choices.length) all.push({ source: source.id, label: source.label(), choices });
	}
	return all;
}

function wishOf(source: NewsSource, wish: string | null): string | null {
	return wish?.startsWith(`${source.id}?`) ? wish.slice(source.id.length + 1) : null;
}

/** Those of the values that can be ordered; wishes become choices. */
export async function chosenFurther(tx: WriteCtx, values: readonly string[]): Promise<FurtherChoice[]> {
	if (!values.length) return [];
	const kept = [...values];
	for (const [at, value] of values.entries()) {
		for (const source of newsSources()) {
			const asked = wishOf(source, value);
			if (asked !== null && source.own?.read(tx, asked)) kept[at] = `${source.id}:${await source.own.keep(tx, asked)}`;
		}
	}
	const offered = await furtherChoices(tx, { values: kept });
	return offered.flatMap(({ choices }) => choices).filter(({ value }) => kept.includes(value));
}

/** Lets sources forget the choices that nobody orders any more. */
export async function forgetFurther(tx: WriteCtx): Promise<void> {
	for (const source of newsSources()) {
		if (!source.own) continue;
		const rows = await tx.db
			.selectFrom('council.subscription_further')
			.select('choice_id')
			.distinct()
			.where('source', '=', source.id)
			.execute();
		await source.own.forget(
			tx,
			rows.map(({ choice_id }) => choice_id),
		);
	}
}

/** Adds orders of an address. @param confirmed false until the letter was answered */
export async function orderFurther(
	tx: WriteCtx,
	subscriberId: string,
	chosen: readonly FurtherChoice[],
	confirmed: boolean,
): Promise<void> {
	for (const { source, id } of chosen) {
		await sql`insert into council.subscription_further (body_id, subscriber_id, source, choice_id, confirmed)
			values (${tx.body.id}, ${subscriberId}, ${source}, ${id}, ${confirmed})
			on conflict (body_id, subscriber_id, source, choice_id)
			do update set confirmed = council.subscription_further.confirmed or excluded.confirmed`.execute(tx.db);
	}
}

/** What an address ordered beside sessions, by value. One query. */
export async function orderedFurther(
	ctx: Pick<Ctx, 'db' | 'body'>,
	subscriberId: string,
): Promise<{ value: string; confirmed: boolean }[]> {
	const rows = await ctx.db
		.selectFrom('council.subscription_further')
		.select(['source', 'choice_id', 'confirmed'])
		.where('subscriber_id', '=', subscriberId)
		.execute();
	return rows.map(({ source, choice_id, confirmed }) => ({ value: `${source}:${choice_id}`, confirmed }));
}

/** Looks into every source; what is found belongs to the batch of this look. @returns how much was found */
export async function lookFurther(tx: WriteCtx, batch: string): Promise<number> {
	let count = 0;
	for (const source of newsSources()) {
		for (const { item, what } of await source.look(tx)) {
			count++;
			await tx.db
				.insertInto('council.news_further')
				.values({ id: newId(), batch, source: source.id, item_id: item, what: [...what], at: tx.now })
				.execute();
		}
	}
	return count;
}

/** What a batch tells beside sessions, with the values of the choices it belongs to. */
export async function itemsFurther(ctx: Ctx, batch: string): Promise<(NewsItem & { values: string[] })[]> {
	const items: (NewsItem & { values: string[] })[] = [];
	for (const source of newsSources()) {
		const found = await ctx.db
			.selectFrom('council.news_further')
			.select(['item_id as item', 'what'])
			.where('batch', '=', batch)
			.where('source', '=', source.id)
			.orderBy('id')
			.execute();
		if (!found.length) continue;
		for (const item of await source.tell(ctx, found))
			items.push({ ...item, values: item.choices.map((id) => `${source.id}:${id}`) });
	}
	return items;
}
