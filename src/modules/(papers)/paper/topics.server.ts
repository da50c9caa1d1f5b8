import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import type { NewPaper } from './schema.ts';

/** Exactly these topics. */
export async function setTopics(tx: WriteCtx, paperId: string, topics: readonly string[]): Promise<void> {
	const before = await tx.db
		.selectFrom('papers.paper_topic')
		.select('topic_id')
		.where('paper_id', '=', paperId)
		.execute();
	const known = new Set(before.map(({ topic_id }) => topic_id));
	const gone = [...known].filter((id) => !topics.includes(id));
	if (gone.length)
		await tx.db
			.deleteFrom('papers.paper_topic')
			.where('paper_id', '=', paperId)
			.where('topic_id', 'in', gone)
			.execute();
	for (const id of new Set(topics))
		if (!known.has(id))
			await tx.db.insertInto('papers.paper_topic').values({ paper_id: paperId, topic_id: id }).execute();
}

/** The topic of this name; a new one if there is none. Small and large letters are the same. */
export async function findOrAddTopic(tx: WriteCtx, name: string): Promise<string> {
	const known = await tx.db
		.selectFrom('registry.topic')
		.select('id')
		.where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
		.executeTakeFirst();
	if (known) return known.id;
	const id = newId();
	await tx.db.insertInto('registry.topic').values({ id, name }).execute();
	tx.touch('registry.topic', id, { act: 'created', fields: { name } });
	return id;
}

/** The form with topics typed beside the known ones, which are added to the town's; the caller has asked for permission. */
export async function withNewTopics(ctx: Ctx, given: NewPaper, typed = ''): Promise<NewPaper> {
	const names = [...new Set(typed.split(',').map((name) => name.trim().slice(0, 80)))].filter(Boolean).slice(0, 10);
	if (!names.length) return given;
	const added = await write(ctx, async (tx) => {
		const ids: string[] = [];
		for (const name of names) ids.push(await findOrAddTopic(tx, name));
		return ids;
	});
	return { ...given, topics: [...new Set([...given.topics, ...added])] };
}
