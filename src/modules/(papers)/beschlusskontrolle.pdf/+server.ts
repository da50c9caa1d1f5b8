import { generated } from '#kernel/http/generated.ts';
import { controlPdf } from '../duties/control/output.server.ts';
import type { RequestHandler } from './$types';

/** The public part of a quarter's list as PDF/UA. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) =>
	generated(await controlPdf(ctx, url), 'application/pdf', 'beschlusskontrolle.pdf');
