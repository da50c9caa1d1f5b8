import { csv } from '#kernel/http/csv.ts';
import { recordRows } from '../../privacy/record.server.ts';
import type { RequestHandler } from './$types';

/** The record of processing as a table, one line for each purpose. */
export const GET: RequestHandler = ({ locals: { ctx } }) => csv('verarbeitungsverzeichnis.csv', recordRows(ctx));
