import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { draftIn, fileIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { addDuty } from './commands.server.ts';
import { linkReport } from './fulfil.server.ts';
import { DutyForm } from './schema.ts';

/** Reports of the demonstration town: one came, one is late, one comes from the commissioner every year. */
export async function demoDuties(ctx: Ctx, types: Map<string, string>): Promise<void> {
	const council = await organisation(ctx, 'Beirat für Integration und Migration');
	const office = await organisation(ctx, 'Bürgeramt');
	const late = ctx.today.subtract({ weeks: 3 });
	const duty = await addDuty(
		ctx,
		DutyForm.parse({
			subject: 'Wartezeiten im Bürgeramt',
			sourceText: 'Beschluss des Beirates vom Vorjahr',
			recipientId: council,
			departmentId: office,
			rhythm: 'halfYear',
			firstDue: late.subtract({ months: 6 }).toString(),
			endCondition: 'bis die Terminvergabe umgestellt ist',
		}),
	);
	const reference = await fileReport(ctx, types.get('information')!, office, late.subtract({ months: 6 }));
	const [first] = await ctx.db
		.selectFrom('papers.report_due')
		.select('id')
		.where('duty_id', '=', duty)
		.orderBy('due')
		.execute();
	await linkReport(ctx, { dueId: first!.id, reference, extent: 'full', reason: '' });
	const commissioner = await ctx.db
		.selectFrom('registry.office')
		.select('id')
		.where('kind', '=', 'commissioner')
		.executeTakeFirstOrThrow();
	await addDuty(
		ctx,
		DutyForm.parse({
			subject: 'Jahresbericht der Beauftragten für Integration und Migration',
			sourceText: 'Dienstanweisung über die Beauftragten',
			recipientId: council,
			officeId: commissioner.id,
			rhythm: 'year',
			covers: 'previousYear',
			firstDue: ctx.today.add({ weeks: 5 }).toString(),
		}),
	);
}

async function organisation(ctx: Ctx, name: string): Promise<string> {
	const found = await ctx.db
		.selectFrom('registry.organisation')
		.select('id')
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	return found.id;
}

async function fileReport(ctx: Ctx, typeId: string, departmentId: string, day: Temporal.PlainDate): Promise<string> {
	const slug = await write(ctx, async (tx) => {
		const draft = await draftIn(
			tx,
			PaperForm.parse({
				typeId,
				title: 'Wartezeiten im Bürgeramt: erster Halbjahresbericht',
				reasons:
					'Wer ohne Termin kam, wartete im Mittel 38 Minuten; mit Dolmetschhilfe 51 Minuten. Seit dem Frühjahr gibt es zwei Schalter mehr.',
				date: day.toString(),
				dataDate: day.with({ day: 1 }).toString(),
				departmentId,
				relevance: 'yes',
				relevanceReason: 'Viele warten, weil Verständigung fehlt.',
			}),
		);
		return fileIn(tx, draft);
	});
	const { reference } = await ctx.db
		.selectFrom('papers.paper')
		.select('reference')
		.where('slug', '=', slug)
		.executeTakeFirstOrThrow();
	return reference!;
}
