import { beginPasskeySignIn } from '#kernel/identity/passkeys.ts';
import { answerScript } from '../../../passkey-answer.server.ts';
import { visitOf } from '../../../visit.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = (event) => answerScript(event, () => beginPasskeySignIn(visitOf(event)));
