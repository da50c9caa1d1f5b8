import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { draftIn, fileIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { handToMayor } from '../statement/draft.server.ts';
import { DraftForm } from '../statement/schema.ts';
import { StationForm } from '../way/schema.ts';
import { addStation } from '../way/stations.server.ts';

/** What waits for the mayor of the demonstration: the words of an answer, and a paper before it goes to the committees. */
export async function demoApprovals(ctx: Ctx, types: Map<string, string>): Promise<void> {
	const departmentId = await idOf(ctx, 'Bürgeramt');
	const inquiry = await file(ctx, {
		typeId: types.get('inquiry'),
		title: 'Wegweiser im Bürgeramt',
		operative: 'In welchen Sprachen sind die Wegweiser im Bürgeramt beschriftet, und was kosten weitere?',
		departmentId,
		originators: [await idOf(ctx, 'Fraktion Stadtteile')],
	});
	const { statement_id: statement } = await ctx.db
		.selectFrom('papers.statement_on as o')
		.innerJoin('papers.paper as p', 'p.id', 'o.paper_id')
		.select('o.statement_id')
		.where('p.slug', '=', inquiry)
		.executeTakeFirstOrThrow();
	const answer = DraftForm.parse({
		title: 'Stellungnahme zur Anfrage Wegweiser im Bürgeramt',
		summary: 'Die Wegweiser sind auf Deutsch und Englisch beschriftet; drei weitere Sprachen kosten 4.200 Euro.',
		text: 'Die Wegweiser im Bürgeramt sind auf Deutsch und Englisch beschriftet. Für Ukrainisch, Arabisch und Vietnamesisch liegt ein Angebot über 4.200 Euro vor.',
	});
	await handToMayor(ctx, statement, '', answer);
	const paper = await file(ctx, {
		typeId: types.get('resolutionProposal'),
		title: 'Öffnungszeiten des Bürgeramts am Abend',
		operative: 'Der Stadtrat beschließt:\n\nDas Bürgeramt öffnet donnerstags bis 20 Uhr.',
		reasons: 'Wer arbeitet, erreicht das Bürgeramt bisher nur am Samstag.',
		departmentId,
		relevance: 'no',
		relevanceReason: 'Die Öffnungszeiten gelten für alle gleich.',
	});
	const day = (days: number) => ctx.today.add({ days }).toString();
	await addStation(ctx, paper, { ...StationForm.parse({ role: 'approval', plannedOn: day(4) }), jointly: [] });
	const council = await idOf(ctx, 'Stadtrat');
	const deciding = StationForm.parse({ role: 'deciding', plannedOn: day(33), body: council });
	await addStation(ctx, paper, { ...deciding, jointly: [] });
}

async function file(ctx: Ctx, given: Record<string, unknown>): Promise<string> {
	return write(ctx, async (tx) => fileIn(tx, await draftIn(tx, PaperForm.parse(given))));
}

async function idOf(ctx: Ctx, name: string): Promise<string> {
	const { id } = await ctx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	return id;
}
