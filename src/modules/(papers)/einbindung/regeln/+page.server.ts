import { demand, may } from '#kernel/access/actor.ts';
import { act } from '../../involvement/act.server.ts';
import { addInstruction, addRule, endRule } from '../../involvement/instructions.server.ts';
import { choices, instructionRows } from '../../involvement/rule-rows.server.ts';
import { InstructionForm, RuleForm } from '../../involvement/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.involvement');
	const mayChange = may(ctx.actor, 'papers.involvement.rules');
	return {
		instructions: await instructionRows(ctx),
		choices: mayChange ? await choices(ctx) : null,
		today: ctx.today.toString(),
		said: url.searchParams.has('gespeichert'),
	};
};

const SAVED = '/einbindung/regeln?gespeichert';

export const actions: Actions = {
	anweisung: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.rules');
		return act(event, 'anweisung', async (form) => {
			const of = String(form.get('replaces') ?? '');
			const given = InstructionForm.parse(Object.fromEntries(form));
			await addInstruction(ctx, given, of ? { of, copyRules: form.has('copyRules') } : null);
			return SAVED;
		});
	},
	regel: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.rules');
		return act(event, 'regel', async (form) => {
			const given = RuleForm.parse({ ...Object.fromEntries(form), topics: form.getAll('topics') });
			await addRule(ctx, String(form.get('instruction') ?? ''), given);
			return SAVED;
		});
	},
	beenden: (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'papers.involvement.rules');
		return act(event, 'beenden', async (form) => {
			await endRule(ctx, String(form.get('rule') ?? ''), !form.has('wieder'));
			return SAVED;
		});
	},
};
