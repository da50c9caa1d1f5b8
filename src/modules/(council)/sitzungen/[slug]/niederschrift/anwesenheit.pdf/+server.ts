import { generated } from '#kernel/http/generated.ts';
import { allowancePdf } from '../../../../minutes/output/allowance-pdf.server.ts';
import type { RequestHandler } from './$types';

/** Who is to be paid for a session, as a sheet to sign off. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) =>
	generated(await allowancePdf(ctx, params.slug), 'application/pdf', `anwesenheit-${params.slug}.pdf`);
