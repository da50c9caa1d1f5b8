import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { draftIn, fileIn } from './commands.server.ts';
import { PaperForm } from './schema.ts';

/** One motion of two groups, filed eleven weeks ago. */
export async function demoPapers(ctx: Ctx, types: Map<string, string>): Promise<void> {
	const names = ['Fraktion Grüne Elbe', 'Fraktion Linkes Ufer', 'Bürgeramt'];
	const found = await ctx.db
		.selectFrom('registry.organisation')
		.select(['id', 'name'])
		.where('name', 'in', names)
		.execute();
	const idOf = (name: string) => found.find((row) => row.name === name)!.id;
	await write(ctx, async (tx) => {
		const slug = await draftIn(
			tx,
			PaperForm.parse({
				typeId: types.get('motion'),
				title: 'Dolmetschen im Bürgerbüro',
				longTitle: 'Verständigung sichern: Dolmetscherinnen und Dolmetscher im Bürgerbüro',
				operative:
					'Der Stadtrat möge beschließen:\n\n1. Im Bürgerbüro wird an drei Tagen je Woche vor Ort gedolmetscht.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat in einem halben Jahr über Nachfrage und Kosten.',
				reasons:
					'Fast jedes vierte Gespräch im Bürgerbüro musste im vergangenen Jahr verschoben werden, weil niemand dolmetschen konnte. Verwandte und Kinder sollen diese Aufgabe nicht übernehmen müssen.',
				costs: 'rund 46.000 Euro im Jahr',
				date: ctx.today.subtract({ weeks: 11 }).toString(),
				departmentId: idOf('Bürgeramt'),
				originators: [idOf('Fraktion Grüne Elbe'), idOf('Fraktion Linkes Ufer')],
				relevance: 'yes',
			}),
		);
		await fileIn(tx, slug);
	});
}
