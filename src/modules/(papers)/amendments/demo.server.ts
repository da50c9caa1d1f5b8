import type { Ctx } from '#kernel/ctx.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { fileIn } from '../paper/commands.server.ts';
import { baseOf } from './base.server.ts';
import { amendIn } from './commands.server.ts';

/** What the council wants changed in the demonstration's motion: two days instead of three, and a report to itself, too. */
export async function demoAmendment(ctx: Ctx): Promise<void> {
	const motion = await ctx.db
		.selectFrom('papers.paper')
		.select('slug')
		.where('title', '=', 'Dolmetschen im Bürgerbüro')
		.executeTakeFirstOrThrow();
	const council = await ctx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', 'Beirat für Integration und Migration')
		.executeTakeFirstOrThrow();
	const day = ctx.today.subtract({ days: 24 });
	const then = { ...ctx, today: day, now: ctx.now.subtract({ hours: 24 * 24 }) };
	const base = await baseOf(then, motion.slug);
	const proposed = fromWriting(
		'Der Stadtrat möge beschließen:\n\n1. Im Bürgerbüro wird an zwei Tagen je Woche vor Ort gedolmetscht, an allen Öffnungstagen am Telefon.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat und dem Beirat in einem halben Jahr über Nachfrage und Kosten.',
		{ previous: base.operative },
	);
	const words = {
		title: 'Änderungsantrag zum Dolmetschen im Bürgerbüro',
		reasons: 'Am Telefon werden mehr Menschen erreicht, und der Beirat erfährt, was daraus wird.',
	};
	await write(then, async (tx) => {
		const more = {
			date: day.toString(),
			originators: [council.id],
			relevance: 'yes',
			relevanceReason: 'Es geht um Verständigung.',
		};
		const draft = await amendIn(tx, base, words, proposed, 'form', more);
		await fileIn(tx, draft);
	});
}
