import { error } from '@sveltejs/kit';
import { finishPasskeyRegistration } from '#kernel/identity/passkeys.ts';
import { answerScript, sentPasskey } from '../../passkey-answer.server.ts';
import { visitOf } from '../../visit.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const sent = await sentPasskey(event);
	if (!sent) error(400);
	return answerScript(event, () => finishPasskeyRegistration(visitOf(event), sent));
};
