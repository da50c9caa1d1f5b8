import { demand } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { amendmentRows, baseOf } from '../../../../amendments/base.server.ts';
import { proposeAmendment, proposeFromWord } from '../../../../amendments/commands.server.ts';
import { act, refusedForm } from '../../../../amendments/form.server.ts';
import { ProposalForm } from '../../../../amendments/schema.ts';
import * as m from '#messages';
import { editable } from '../../../../paper/edit.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The wording in force in a text field, to be changed there; or a Word file. `?entwurf=` goes on with a draft. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'papers.write');
	const base = await baseOf(ctx, params.slug);
	const slug = url.searchParams.get('entwurf') ?? '';
	const draft = slug ? (await amendmentRows(ctx, base.id)).find((one) => one.slug === slug) : undefined;
	if (slug && draft?.state !== 'draft') throw new NotFound('draft');
	const written = draft ? await editable(ctx, slug) : undefined;
	return {
		base: { slug: base.slug, reference: base.reference, title: base.title, version: base.version },
		current: toWriting(base.operative),
		values: {
			draft: slug,
			title: draft?.title ?? m.papers_amendments_title_of({ reference: base.reference }, { locale: 'de' }),
			operative: toWriting(draft?.proposed ?? base.operative),
			reasons: written?.content.reasons ?? '',
		},
	};
};

export const actions: Actions = {
	schreiben: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		return act(ctx, await request.formData(), ProposalForm, async (given) => {
			const slug = await proposeAmendment(ctx, params.slug, given);
			return `/vorlagen/${slug}#aenderungen`;
		});
	},
	datei: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'papers.write');
		const form = await request.formData();
		const file = form.get('file');
		if (!(file instanceof File) || !file.size)
			return refusedForm([{ field: 'file', text: m.papers_amendments_file_missing() }], {
				title: String(form.get('title') ?? ''),
			});
		return act(ctx, form, ProposalForm.omit({ operative: true }), async (given) => {
			const bytes = new Uint8Array(await file.arrayBuffer());
			const read = await proposeFromWord(ctx, params.slug, given, { name: file.name, bytes });
			const told = new URLSearchParams({ gelesen: String(read.changes), kommentare: String(read.comments) });
			if (!read.exact) told.set('andere', '1');
			return `/vorlagen/${read.slug}?${told}#aenderungen`;
		});
	},
};
