import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { RuleViolation } from '#kernel/errors.ts';
import { knowsRule, ruleWords } from '../../votes/fault-words.server.ts';
import { castBallot } from '../../votes/secret.server.ts';
import type { RequestHandler } from './$types';

const Ballot = z.object({
	token: z.string().regex(/^[\w-]{40,400}$/),
	signature: z.string().regex(/^[\w-]{300,400}$/),
	choice: z.string().max(40),
});

/**
 * The ballot box. It takes ballots from nobody in particular: a request that carries a cookie is refused, so that no mistake of a
 * page can bring a ballot and a person together.
 */
export const POST: RequestHandler = async ({ locals: { ctx }, request, params }) => {
	if (request.headers.has('cookie')) return json({ message: '' }, { status: 400 });
	const body: unknown = await request.json().catch(() => null);
	const parsed = Ballot.safeParse(body);
	if (!parsed.success) return json({ message: '' }, { status: 400 });
	try {
		await castBallot(ctx, params.ballot, parsed.data);
	} catch (error) {
		if (!(error instanceof RuleViolation) || !knowsRule(error.code)) throw error;
		return json({ message: ruleWords(error) }, { status: 422 });
	}
	return json({});
};
