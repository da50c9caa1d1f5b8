import { generated } from '#kernel/http/generated.ts';
import { recordPdf } from '../../privacy/record.server.ts';
import type { RequestHandler } from './$types';

/** The record of processing as an accessible PDF in the language of the address. */
export const GET: RequestHandler = async ({ locals: { ctx } }) =>
	generated(await recordPdf(ctx), 'application/pdf', 'verarbeitungsverzeichnis.pdf');
