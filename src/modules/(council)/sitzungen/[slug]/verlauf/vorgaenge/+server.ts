import { json } from '@sveltejs/kit';
import * as m from '#messages';
import { Batch, type Answer } from '#kernel/live/operations.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { refusalWords } from '../../../../session/fault-words.server.ts';
import { actInSession } from '../../../../session/operations.server.ts';
import { sessionAt } from '../../../../session/room.server.ts';
import type { RequestHandler } from './$types';

/** What the screen's script gathered, in its order (see kernel/live/operations.ts); one answer for each, with words. */
export const POST: RequestHandler = async ({ locals: { ctx }, params, request }) => {
	const meeting = await sessionAt(ctx, params.slug);
	// A form of another site can't say this type.
	if (request.headers.get('content-type')?.split(';')[0] !== 'application/json') return json({}, { status: 415 });
	const batch = Batch.safeParse(await request.json().catch(() => null));
	if (!batch.success) return json({}, { status: 422 });
	const answers = await actInSession(ctx, meeting, batch.data.operations);
	return json({ answers: answers.map(inWords) });
};

function inWords(answer: Answer): unknown {
	if (answer.state === 'refused') return { ...answer, words: refusalWords(answer) };
	if (answer.state !== 'conflict') return answer;
	const current = answer.current as { text?: TextDocument; hash?: string } | null;
	const shown = current?.text ? { text: toWriting(current.text), hash: current.hash } : current;
	return { ...answer, current: shown, words: m.council_session_conflict() };
}
