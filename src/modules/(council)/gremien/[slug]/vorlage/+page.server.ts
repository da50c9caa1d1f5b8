import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { acted, typedOf } from '../../../agenda/forms.server.ts';
import { bodiesToConvene, officeChoices, placeChoices } from '../../../agenda/queries.server.ts';
import { ItemForm, TemplateForm, TemplateGuestForm } from '../../../agenda/schema.ts';
import {
	addLine,
	addTemplateGuest,
	changeLine,
	removeTemplateGuest,
	setTemplate,
} from '../../../agenda/template-commands.server.ts';
import { templateOf } from '../../../agenda/template.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = (await bodiesToConvene(ctx)).find(({ slug }) => slug === params.slug);
	if (!body) throw new NotFound('council body');
	return {
		body,
		template: await templateOf(ctx, body.id),
		places: await placeChoices(ctx),
		offices: await officeChoices(ctx, ctx.today),
		said: url.searchParams.get('gesagt'),
	};
};

const One = z.object({ id: z.string() });
const Step = z.object({ id: z.string(), richtung: z.enum(['hoch', 'runter']) });

export const actions: Actions = {
	rahmen: (event) =>
		act(event, 'rahmen', TemplateForm, (form) => setTemplate(event.locals.ctx, event.params.slug, form)),
	punkt: (event) => act(event, 'punkt', ItemForm, (form) => addLine(event.locals.ctx, event.params.slug, form)),
	schieben: (event) =>
		act(event, 'schieben', Step, ({ id, richtung }) =>
			changeLine(event.locals.ctx, event.params.slug, id, richtung === 'hoch' ? -1 : 1),
		),
	weg: (event) => act(event, 'weg', One, ({ id }) => changeLine(event.locals.ctx, event.params.slug, id, 'remove')),
	gast: (event) =>
		act(event, 'gast', TemplateGuestForm, (form) => addTemplateGuest(event.locals.ctx, event.params.slug, form)),
	'gast-weg': (event) =>
		act(event, 'gast-weg', One, ({ id }) => removeTemplateGuest(event.locals.ctx, event.params.slug, id)),
};

async function act<Schema extends z.ZodType>(
	event: RequestEvent,
	of: string,
	schema: Schema,
	work: (form: z.output<Schema>) => Promise<void>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, 'council.convene');
	const refused = await acted(of, schema, typedOf(await event.request.formData()), work);
	return refused ?? redirect(303, inLocale(`/gremien/${event.params.slug}/vorlage?gesagt=vorlage`, ctx.locale));
}
