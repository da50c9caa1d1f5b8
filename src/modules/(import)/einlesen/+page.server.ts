import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { uploadDocuments } from '../commands/upload.server.ts';
import { readWaiting } from '../commands/read.server.ts';
import { documentRows, type DocumentState } from '../queries/documents.server.ts';
import type { Actions, PageServerLoad } from './$types';

const STATES: DocumentState[] = ['waiting', 'read', 'unreadable', 'reviewed', 'taken', 'discarded'];

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'import.review');
	const state = STATES.find((known) => known === url.searchParams.get('stand'));
	return { documents: await documentRows(ctx, { state }), state: state ?? null };
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, request }) => {
		demand(ctx.actor, 'import.review');
		const form = await request.formData();
		const files = form.getAll('dateien').filter((entry): entry is File => entry instanceof File && entry.name !== '');
		if (!files.length) return fail(422, { noFile: true });
		const uploads = await Promise.all(
			files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
		);
		const { batchId, documents, known } = await uploadDocuments(ctx, uploads);
		const [only] = documents;
		if (files.length > 1 || !only) {
			if (!documents.length && known.length === 1)
				redirect(303, inLocale(`/einlesen/${known[0]!.id}?bekannt`, ctx.locale));
			redirect(303, inLocale(`/einlesen/stapel/${batchId}?bekannt=${known.length}`, ctx.locale));
		}
		// One file is read at once: nobody wants to watch a progress bar for half a second.
		await readWaiting(ctx, only.id);
		redirect(303, inLocale(`/einlesen/${only.id}`, ctx.locale));
	},
};
