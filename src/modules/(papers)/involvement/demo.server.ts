import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { draftIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { addInstruction, addRule } from './instructions.server.ts';
import { openMatter } from './matter-commands.server.ts';
import { askFor } from './requests.server.ts';
import { MatterForm } from './schema.ts';

/**
 * An instruction that asks for the commissioner's co-signature of resolution proposals, one matter that waits for an answer,
 * one that has just begun, and one found not relevant. All invented.
 */
export async function demoInvolvement(ctx: Ctx, types: Map<string, string>): Promise<void> {
	const typeId = types.get('resolutionProposal')!;
	const office = await ctx.db
		.selectFrom('registry.office')
		.select('id')
		.where('kind', '=', 'commissioner')
		.executeTakeFirstOrThrow();
	const departmentId = (
		await ctx.db
			.selectFrom('registry.organisation')
			.select('id')
			.where('name', '=', 'Bürgeramt')
			.executeTakeFirstOrThrow()
	).id;
	const instruction = await addInstruction(ctx, {
		reference: 'DA 12/04',
		title: 'Frühe Einbindung der Beauftragten',
		note: 'Wer eine Beschlussvorlage vorbereitet, die Integration berührt, fragt die Beauftragte, bevor der Entwurf fertig ist.',
		from: ctx.today.subtract({ years: 2 }).toString(),
		until: '',
	});
	await addRule(ctx, instruction, {
		who: `office:${office.id}`,
		form: 'coSign',
		relevance: 'relevant',
		departmentId: '',
		paperTypeId: typeId,
		topics: [],
		answerDays: 5,
		urgentDays: 1,
		citation: 'Nr. 3',
	});
	const slug = await write(ctx, (tx) =>
		draftIn(
			tx,
			PaperForm.parse({
				typeId,
				title: 'Terminvergabe im Bürgerbüro in zwölf Sprachen',
				operative:
					'Der Stadtrat beschließt:\n\n1. Termine im Bürgerbüro lassen sich in zwölf Sprachen buchen.\n2. Wer nicht lesen kann, bucht am Telefon.',
				reasons: 'Viele kommen ohne Termin, weil sie die Seite nicht verstehen.',
				departmentId,
				relevance: 'yes',
				relevanceReason: 'Betrifft vor allem Menschen, die noch nicht lange in der Stadt leben.',
			}),
		),
	);
	const opened = (title: string, more: Record<string, string>, paper: string | null = null) =>
		openMatter(ctx, MatterForm.parse({ title, departmentId, paperTypeId: typeId, topics: [], ...more }), paper);
	const told = ctx.today.toString();
	const asked = await opened(
		'Terminvergabe im Bürgerbüro in zwölf Sprachen',
		{
			relevant: 'yes',
			reason: 'Betrifft vor allem Menschen, die noch nicht lange in der Stadt leben.',
			firstInformedOn: told,
			draftFinalOn: ctx.today.add({ weeks: 3 }).toString(),
		},
		slug,
	);
	const [involvement] = await ctx.db
		.selectFrom('papers.involvement')
		.select('id')
		.where('matter_id', '=', asked)
		.execute();
	await askFor(ctx, asked, { steps: [{ involvementId: involvement!.id, step: 1 }], urgent: false, urgentReason: '' });
	await opened('Warteraum für Familien', {
		relevant: 'yes',
		reason: 'Familien warten oft lange, weil Unterlagen übersetzt werden müssen.',
		firstInformedOn: told,
		draftFinalOn: ctx.today.add({ weeks: 6 }).toString(),
	});
	await opened('Neue Beleuchtung im Aktenkeller', {
		relevant: 'no',
		reason: 'Betrifft nur die Beschäftigten im Archiv.',
	});
}
