import { sql } from 'kysely';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
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

/** All that can be ordered beside the sessions of bodies; sources without a choice are left out. One query a source. */
export async function furtherChoices(ctx: Pick<Ctx, 'db' | 'body'>): Promise<FurtherChoices[]> {
	const all: FurtherChoices[] = [];
	for (const source of newsSources()) {
		const choices = (await source.choices(ctx)).map(({ id, name }) => ({
			value: `${source.id}:${id}`,
			source: source.id,
			id,
			name,
		}));
		if (choices.length) all.push({ source: source.id, label: source.label(), choices });
	}
	return all;
}

/** Those of the values that can be ordered. */
export async function chosenFurther(
	ctx: Pick<Ctx, 'db' | 'body'>,
	values: readonly string[],
): Promise<FurtherChoice[]> {
	if (!values.length) return [];
	return (await furtherChoices(ctx)).flatMap(({ choices }) => choices).filter(({ value }) => values.includes(value));
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
