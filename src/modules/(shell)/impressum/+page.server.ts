import { may } from '#kernel/access/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => {
	const { contact, imprint } = ctx.body.settings;
	return {
		name: ctx.body.name,
		contact: contact ?? null,
		imprint: imprint ?? {},
		inside: may(ctx.actor, 'shell.feedback'),
	};
};
