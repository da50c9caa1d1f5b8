import { redirect } from '@sveltejs/kit';
import { demand, may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { retentionDue } from '#kernel/privacy/preview.ts';
import { retentionRuns, type KeptRun } from '#kernel/privacy/retention-run.ts';
import { personalTables } from '#kernel/privacy/tables.ts';
import { words } from '../../../../navigation.ts';
import { dayAndClock } from '../../clock.ts';
import { retentionWords } from '../../ui/retention.ts';
import { runRetention } from '../../privacy/commands.server.ts';
import { recordHead, recordRows } from '../../privacy/record.server.ts';
import type { Actions, PageServerLoad } from './$types';

const AHEAD = { days: 30 };

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'shell.processing');
	return {
		head: recordHead(ctx),
		rows: recordRows(ctx),
		due: await dueRows(ctx),
		runs: (await retentionRuns(ctx, 10)).map((run) => runInWords(ctx, run)),
		mayRun: may(ctx.actor, 'shell.privacy'),
		ran: url.searchParams.has('ausgefuehrt'),
	};
};

/** What a run would erase today, and what is over its time within a month. */
async function dueRows(ctx: Ctx) {
	const now = await retentionDue(ctx, ctx.today);
	const soon = await retentionDue(ctx, ctx.today.add(AHEAD));
	return soon.map(({ table, purpose, retention, rows }) => {
		const today = now.find((step) => step.table === table && step.retention === retention)?.rows ?? 0;
		return { purpose: words(purpose)(), keep: retentionWords(retention), now: today, soon: rows };
	});
}

function runInWords(ctx: Ctx, { at, steps }: KeptRun) {
	const purposes = new Map(personalTables().map(({ table, purpose }) => [table, purpose]));
	return {
		at: dayAndClock(at, ctx),
		steps: steps.map(({ table, deleted, emptied, retention }) => {
			const purpose = purposes.get(table);
			const keep = retentionWords(retention);
			return { purpose: purpose ? words(purpose)() : table, count: deleted || emptied, whole: deleted > 0, keep };
		}),
	};
}

export const actions: Actions = {
	default: async ({ locals: { ctx } }) => {
		await runRetention(ctx);
		redirect(303, `${inLocale('/datenschutz/verzeichnis', ctx.locale)}?ausgefuehrt#fristen`);
	},
};
