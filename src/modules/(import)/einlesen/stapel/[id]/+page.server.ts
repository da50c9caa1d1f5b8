import { redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { steerBatch } from '../../../commands/read.server.ts';
import { batchView, documentRows } from '../../../queries/documents.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'import.review');
	const batch = await batchView(ctx, params.id);
	return {
		batch,
		documents: await documentRows(ctx, { batchId: params.id }),
		known: Number(url.searchParams.get('bekannt')) || 0,
	};
};

function steer(act: 'pause' | 'cancel' | 'resume'): Actions[string] {
	return async ({ locals: { ctx }, params, url }) => {
		demand(ctx.actor, 'import.review');
		await steerBatch(ctx, params.id!, act);
		redirect(303, url.pathname);
	};
}

export const actions: Actions = { anhalten: steer('pause'), abbrechen: steer('cancel'), weiter: steer('resume') };
