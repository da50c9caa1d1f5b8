import { bodyActions } from '../../../structure/actions.server.ts';
import { bodyToChange } from '../../../structure/bodies.server.ts';
import { addFunction, enterChair, layDownPost, passFunction } from '../../../structure/offices.server.ts';
import { profileFor } from '../../../structure/profiles.server.ts';
import { choicesFor, officeWork, postWork } from '../../../structure/queries.server.ts';
import { ChairForm, HolderForm, OfficeForm, PostEndForm } from '../../../structure/schema.ts';
import { eligibleForChair } from '../../../structure/voting.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = await bodyToChange(ctx, params.slug);
	// Who may be elected depends on the day of the election.
	const on = dayIn(url, 'tag') ?? ctx.today;
	const profile = await profileFor(ctx, body.id, on);
	return {
		body,
		on: on.toString(),
		eligible: (await eligibleForChair(ctx, body.id, on)).map(({ personId, name, organisation }) => ({
			personId,
			name,
			organisation,
		})),
		withCommissioner: profile?.rules.chairIsCommissioner ?? false,
		posts: await postWork(ctx, body.id),
		offices: await officeWork(ctx, body.id),
		people: (await choicesFor(ctx)).people,
		today: ctx.today.toString(),
		open: url.searchParams.get('funktion'),
	};
};

function dayIn(url: URL, name: string): Temporal.PlainDate | null {
	const text = url.searchParams.get(name);
	return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? safeDay(text) : null;
}

function safeDay(text: string): Temporal.PlainDate | null {
	try {
		return Temporal.PlainDate.from(text);
	} catch {
		return null;
	}
}

const inBody = bodyActions('funktionen');

export const actions: Actions = {
	vorsitz: inBody('vorsitz', ChairForm, ({ locals: { ctx } }, id, given) =>
		enterChair(ctx, id, {
			...given,
			deputies: given.deputy ? [given.deputy, ...(given.deputy2 ? [given.deputy2] : [])] : [],
		}),
	),
	niederlegen: inBody('niederlegen', PostEndForm, ({ locals: { ctx } }, id, given) => layDownPost(ctx, id, given)),
	neu: inBody('neu', OfficeForm, ({ locals: { ctx } }, id, given) => addFunction(ctx, id, given)),
	weitergeben: inBody('weitergeben', HolderForm, ({ locals: { ctx } }, id, given) => passFunction(ctx, id, given)),
};
