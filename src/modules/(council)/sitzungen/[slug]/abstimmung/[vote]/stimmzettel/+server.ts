import { json } from '@sveltejs/kit';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { knowsRule, ruleWords } from '../../../../../votes/fault-words.server.ts';
import { ownVote } from '../../../../../votes/own-vote.server.ts';
import { issueToken } from '../../../../../votes/secret.server.ts';
import type { RequestHandler } from './$types';

/** Signs the hidden token of the seat that the signed-in member holds. */
export const POST: RequestHandler = async ({ locals: { ctx }, request, params }) => {
	demand(ctx.actor, 'council.cast');
	const { ballot } = await ownVote(ctx, params.vote);
	const body = (await request.json().catch(() => null)) as { blinded?: unknown } | null;
	if (!ballot || typeof body?.blinded !== 'string') return json({ message: '' }, { status: 400 });
	try {
		return json({ signed: await issueToken(ctx, ballot.id, body.blinded) });
	} catch (error) {
		if (!(error instanceof RuleViolation) || !knowsRule(error.code)) throw error;
		return json({ message: ruleWords(error) }, { status: 422 });
	}
};
