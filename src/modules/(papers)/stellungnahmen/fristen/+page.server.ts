import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import { act } from '../../statement/act.server.ts';
import { removeRule, saveRule } from '../../statement/rule-commands.server.ts';
import { ruleRows } from '../../statement/rule.server.ts';
import { USUAL_RULE, type StatementRule } from '../../statement/rules/due.ts';
import { RuleForm } from '../../statement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

const shown = ({ validFrom, ...rule }: StatementRule) => ({ validFrom: validFrom?.toString() ?? null, ...rule });

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.statementRules');
	const rules = await ruleRows(ctx);
	return {
		rules: [...rules, USUAL_RULE].map(shown),
		today: ctx.today.toString(),
		saved: url.searchParams.has('gespeichert'),
	};
};

export const actions: Actions = {
	speichern: (event) => {
		demand(event.locals.ctx.actor, 'papers.statementRules');
		return act(event, 'speichern', async (form) => {
			await saveRule(event.locals.ctx, RuleForm.parse(Object.fromEntries(form)));
			return '/stellungnahmen/fristen?gespeichert';
		});
	},
	entfernen: (event) => {
		demand(event.locals.ctx.actor, 'papers.statementRules');
		return act(event, 'entfernen', async (_, text) => {
			await removeRule(event.locals.ctx, z.iso.date('day').parse(text('validFrom')));
			return '/stellungnahmen/fristen?gespeichert';
		});
	},
};
