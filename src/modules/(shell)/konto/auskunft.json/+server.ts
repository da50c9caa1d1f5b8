import { ownFile } from '../../privacy/file.server.ts';
import { accountOrSignIn } from '../../visit.server.ts';
import type { RequestHandler } from './$types';

/** Everything that is kept of whoever is signed in. */
export const GET: RequestHandler = async (event) => ownFile(event.locals.ctx, await accountOrSignIn(event), 'json');
