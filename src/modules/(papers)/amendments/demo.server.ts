import type { Ctx } from '#kernel/ctx.ts';
import { fromWriting } from '#kernel/text/writing.ts';
import { write } from '#kernel/write.ts';
import { fileIn } from '../paper/commands.server.ts';
import { baseOf } from './base.server.ts';
import { amendIn } from './commands.server.ts';

/** What the council wants changed in one of the demonstration's motions: pictures, too, and a day until when. */
export async function demoAmendment(ctx: Ctx): Promise<void> {
	const motion = await ctx.db
		.selectFrom('papers.paper')
		.select('slug')
		.where('title', '=', 'Aushänge in einfacher Sprache')
		.executeTakeFirstOrThrow();
	const council = await ctx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', 'Beirat für Integration und Migration')
		.executeTakeFirstOrThrow();
	const day = ctx.today.subtract({ days: 6 });
	const then = { ...ctx, today: day, now: ctx.now.subtract({ hours: 24 * 6 }) };
	const base = await baseOf(then, motion.slug);
	const proposed = fromWriting(
		'Der Stadtrat möge beschließen:\n\nAlle neuen Aushänge der Stadt gibt es auch in einfacher Sprache und mit Bildern, spätestens vom kommenden Schuljahr an.',
		{ previous: base.operative },
	);
	const words = {
		title: 'Änderungsantrag zu den Aushängen in einfacher Sprache',
		reasons: 'Wer noch nicht liest, versteht ein Bild, und ein Tag hilft beim Planen.',
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
