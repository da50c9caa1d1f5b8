import type { z } from 'zod';
import type { FormEvent } from '../structure/actions.server.ts';
import { demandTownWide } from '../structure/bodies.server.ts';
import { act } from '../structure/form.server.ts';
import {
	addGroup,
	dissolveGroup,
	mergeGroup,
	renameGroup,
	setContact,
	splitGroup,
} from '../structure/groups.server.ts';
import { groupWork } from '../structure/queries.server.ts';
import {
	GroupContactForm,
	GroupEndForm,
	GroupForm,
	GroupMergeForm,
	GroupRenameForm,
	GroupSplitForm,
	IdForm,
} from '../structure/schema.ts';
import { undoableSteps, undoStep } from '../structure/steps.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demandTownWide(ctx);
	const groups = await groupWork(ctx);
	return {
		groups,
		open: groups.find(({ id }) => id === url.searchParams.get('fraktion')) ?? null,
		steps: await undoableSteps(ctx, null),
		today: ctx.today.toString(),
	};
};

function on<S extends z.ZodType>(
	of: string,
	schema: S,
	run: (event: FormEvent, given: z.output<S>) => Promise<unknown>,
) {
	return (event: FormEvent) =>
		act(event, { of, schema, run: async (given) => (await run(event, given), '/fraktionen') });
}

export const actions: Actions = {
	neu: on('neu', GroupForm, ({ locals: { ctx } }, given) => addGroup(ctx, given)),
	kontakt: on('kontakt', GroupContactForm, ({ locals: { ctx } }, given) => setContact(ctx, given)),
	umbenennen: on('umbenennen', GroupRenameForm, ({ locals: { ctx } }, given) => renameGroup(ctx, given)),
	vereinen: on('vereinen', GroupMergeForm, ({ locals: { ctx } }, given) => mergeGroup(ctx, given)),
	teilen: on('teilen', GroupSplitForm, ({ locals: { ctx } }, given) => splitGroup(ctx, given)),
	rueckgaengig: on('rueckgaengig', IdForm, ({ locals: { ctx } }, given) => undoStep(ctx, null, given.id)),
	aufloesen: on('aufloesen', GroupEndForm, ({ locals: { ctx } }, given) => dissolveGroup(ctx, given)),
};
