import type { WriteCtx } from '#kernel/ctx.ts';
import { addresseeOf } from './addressees.server.ts';
import { tellAsked } from './letters.server.ts';
import { matterForUpdate } from './matters.server.ts';

/** Asks who holds an office now that was vacant when a matter asked for it: the deadline begins today (R4-07). */
export async function fillVacancies(tx: WriteCtx, matterId: string): Promise<void> {
	const matter = await matterForUpdate(tx, matterId);
	for (const involvement of matter?.involvements ?? []) {
		const last = involvement.requests.at(-1);
		if (!matter || last?.state !== 'open' || last.askedAs !== 'vacant') continue;
		const days = last.urgent ? involvement.urgentDays : involvement.answerDays;
		const { personId, as, dueOn } = await addresseeOf(tx, involvement, days);
		if (as === 'vacant' || !personId || !dueOn) continue;
		await tx.db
			.updateTable('papers.sign_request')
			.set({ person_id: personId, asked_as: as, due_on: dueOn })
			.where('id', '=', last.id)
			.execute();
		tx.touch('papers.matter', matter.id, { act: 'asked', fields: { who: involvement.who } });
		await tellAsked(tx, matter, { personId, form: involvement.form, dueOn: dueOn.toString(), again: false });
	}
}
