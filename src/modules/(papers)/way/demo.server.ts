import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { addOrganisation } from '#server/registry';
import { fromWriting } from '#kernel/text/writing.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { keepOutcome, type Outcome } from './outcome.server.ts';
import { stationRows, wayTouched } from './lock.server.ts';
import { insertStation } from './stations.server.ts';

const COUNCIL = 'Beirat für Integration und Migration';
const NONE = { resubmitOn: null, referTo: null };

/** The way of the demonstration's motion: two committees recommend a change, the town council decides in three weeks. */
export async function demoWay(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const paper = await tx.db
			.selectFrom('papers.paper')
			.select(['id', 'state', 'reference', 'operative'])
			.where('title', '=', 'Dolmetschen im Bürgerbüro')
			.executeTakeFirst();
		if (!paper) return;
		const { id: council } = await tx.db
			.selectFrom('registry.organisation')
			.select('id')
			.where('name', '=', COUNCIL)
			.executeTakeFirstOrThrow();
		const add = (name: string, shortName = '') =>
			addOrganisation(tx, { name, shortName, type: 'committee', classification: 'Ausschuss' });
		const social = await add('Ausschuss für Soziales und Gesundheit', 'Sozialausschuss');
		const town = await add('Stadtrat');
		await add('Verwaltungsausschuss');
		const day = (days: number) => tx.today.add({ days });
		const station = { public: true, bodies: [] as string[] };
		const stops = [
			{ ...station, role: 'approval' as const, plannedOn: day(-60), public: false },
			{ ...station, role: 'hearing' as const, plannedOn: day(-24), bodies: [council] },
			{ ...station, role: 'advisory' as const, plannedOn: day(-3), bodies: [social] },
			{ ...station, role: 'deciding' as const, plannedOn: day(19), bodies: [town] },
		];
		for (const stop of stops) await insertStation(tx, paper.id, stop);
		const wording = fromWriting(
			'Der Stadtrat möge beschließen:\n\n1. Im Bürgerbüro wird an zwei Tagen je Woche vor Ort gedolmetscht, an allen Öffnungstagen am Telefon.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat und dem Beirat in einem halben Jahr über Nachfrage und Kosten.',
		);
		const votes = (organisationId: string, yes: number, no: number, abstain: number) => [
			{ organisationId, yes, no, abstain, unanimous: !no && !abstain },
		];
		const outcomes: [number, Outcome][] = [
			[0, { result: 'approved', text: '', wording: null, votes: [], happenedOn: day(-60) }],
			[1, { result: 'adoptedChanged', text: '', wording, votes: votes(council, 6, 1, 2), happenedOn: day(-24) }],
			[2, { result: 'adoptedChanged', text: '', wording, votes: votes(social, 11, 0, 0), happenedOn: day(-3) }],
		];
		const decided = { ...paper, operative: paper.operative as TextDocument };
		for (const [at, outcome] of outcomes) {
			const row = (await stationRows(tx, paper.id))[at]!;
			await keepOutcome(tx, decided, row, outcome, {
				source: 'hand',
				reason: '',
				leads: { result: outcome.result, ...NONE },
			});
		}
		await wayTouched(tx, paper.id, 'wayArranged');
	});
}
