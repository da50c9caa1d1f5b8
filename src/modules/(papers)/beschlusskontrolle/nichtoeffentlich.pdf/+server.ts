import { demand } from '#kernel/access/actor.ts';
import { generated } from '#kernel/http/generated.ts';
import { closedControlPdf } from '../../duties/control/output.server.ts';
import type { RequestHandler } from './$types';

/** The closed part of a quarter's list as PDF/UA, for those who read it: the office, and members what their body resolved. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	demand(ctx.actor, 'papers.controlClosed');
	return generated(await closedControlPdf(ctx, url), 'application/pdf', 'beschlusskontrolle-nichtoeffentlich.pdf');
};
