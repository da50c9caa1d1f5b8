import { redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { renderPdf } from '#kernel/documents/render.ts';
import { inLocale, languageTag } from '#kernel/i18n/locales.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { MODEL_WORDS, modelOf, POINTS } from '../../entry/ui/models.ts';
import type { RequestHandler } from './$types';

/** The checklist of a statute as PDF/UA: a line for each point that the town has to settle. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'council.setUp');
	const model = modelOf(url.searchParams.get('form'));
	if (!model) redirect(303, inLocale('/gremium-gruenden', ctx.locale));
	const title = m.council_entry_checklist({ model: MODEL_WORDS[model.key].name() });
	const pdf = await renderPdf(
		'report',
		{
			letterhead: { town: ctx.body.name },
			heading: title,
			lead: m.council_entry_checklist_lead(),
			pageLabel: m.council_entry_page({ page: '{page}', pages: '{pages}' }),
			sections: model.points.map((point, index) => ({
				heading: `${index + 1}.`,
				text: fromPlainText(POINTS[point]!()),
			})),
		},
		{ locale: languageTag(ctx.locale), title, author: ctx.body.name, standard: 'ua-1', date: ctx.today },
	);
	return new Response(Buffer.from(pdf), {
		headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="satzung.pdf"' },
	});
};
