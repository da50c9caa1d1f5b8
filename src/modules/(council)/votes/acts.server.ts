import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { isId, newId } from '#kernel/ids.ts';
import { UNDO, type Answer } from '#kernel/live/operations.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { write } from '#kernel/write.ts';
import { refusalWords } from '../session/fault-words.server.ts';
import { actInSession } from '../session/operations.server.ts';
import { sessionAt } from '../session/room.server.ts';
import { FIELD, operationOf } from '../session/rules/form.ts';
import { closeVote, voidVote } from './close-vote.server.ts';
import { countRound } from './rounds.server.ts';
import { fieldWords, knowsRule, ruleWords } from './fault-words.server.ts';
import * as schema from './schema.ts';
import { openBox, takePaper } from './secret.server.ts';
import { OF, type Failed, type VoteKind } from './view.ts';

type Typed = Record<string, string>;
type Act = (ctx: Ctx, typed: Typed) => Promise<unknown>;

const id = z.uuid();

/** Reads a form by its schema, then acts; what the schema does not take is thrown as it found it. */
function by<Schema extends z.ZodType>(form: Schema, act: (ctx: Ctx, given: z.output<Schema>) => Promise<unknown>): Act {
	return (ctx, typed) => act(ctx, form.parse(typed));
}

/** What stands in the log of the session and can be taken back, by the name of its form action. */
const OPERATIONS: Record<string, VoteKind | typeof UNDO> = {
	antrag: 'motion',
	zurueckziehen: 'withdraw',
	wiederaufnehmen: 'restore',
	endfassung: 'amendedText',
	abstimmen: 'openVote',
	ergebnis: 'figures',
	namen: 'voices',
	ungueltig: 'voidVote',
	befangen: 'bias',
	entscheiden: 'decideBias',
	'am-tisch': 'backAtTable',
	irrtum: 'withdrawBias',
	wahl: 'election',
	kandidatur: 'candidate',
	zustimmung: 'consent',
	wahlgang: 'round',
	auszaehlen: 'ballots',
	los: 'lot',
	annahme: 'accept',
	abbrechen: 'cancelElection',
	rueckgaengig: UNDO,
};

/** What can't wait on a device: tokens and boxes of secret ballots, and the count of a box, which has no way back. */
const ACTS: Record<string, Act> = {
	ergebnis: by(schema.FiguresForm, closeVote),
	ungueltig: by(schema.VoidForm, (ctx, { vote, reason }) => write(ctx, (tx) => voidVote(tx, vote, reason))),
	urne: (ctx, typed) => openBox(ctx, id.parse(typed.ballot)),
	papier: (ctx, typed) => takePaper(ctx, id.parse(typed.ballot), id.parse(typed.attendance)),
	auszaehlen: by(schema.BallotsForm, (ctx, given) => write(ctx, (tx) => countRound(tx, given))),
};

type Action = (event: RequestEvent) => Promise<ReturnType<typeof fail<Failed>>>;

/** Form actions for a page that shows the panels. A success leads back to where the form stood. */
export const voteActions: Record<string, Action> = Object.fromEntries(
	[...new Set([...Object.keys(ACTS), ...Object.keys(OPERATIONS)])].map((name) => [name, actionFor(name)] as const),
);

function actionFor(name: string): Action {
	return async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.edit');
		const form = await event.request.formData();
		const typed = Object.fromEntries([...form].map(([key, value]) => [key, String(value)]));
		const act = ACTS[name];
		// A form that says which operation it is goes into the log; the same act of a secret vote does not.
		if (act && !typed[FIELD.kind]) return run(name, act, typed, event);
		return operate(name, OPERATIONS[name]!, typed, event);
	};
}

async function run(name: string, act: Act, typed: Typed, event: RequestEvent) {
	try {
		await act(event.locals.ctx, typed);
	} catch (error) {
		const faults = faultsOf(error);
		if (!faults) throw error;
		return refused(name, typed, faults);
	}
	redirect(303, wayBack(typed, event));
}

/** The plain form of what the screen's script queues: the same operation, sent at once. */
async function operate(name: string, kind: string, typed: Typed, event: RequestEvent) {
	const { ctx } = event.locals;
	const { clientId, base, payload } = operationOf(Object.entries(typed));
	const operation = { kind, clientId: isId(clientId) ? clientId : newId(), base: base.slice(0, 200), payload, age: 0 };
	const [answer] = await actInSession(ctx, await sessionAt(ctx, event.params.slug!), [operation]);
	if (answer!.state === 'refused' || answer!.state === 'conflict') return refused(name, typed, refusal(answer!));
	redirect(303, wayBack(typed, event));
}

function refused(act: string, typed: Typed, faults: Failed['faults']) {
	return fail<Failed>(422, { act, of: OF.map((key) => typed[key]).find(Boolean) ?? '', typed, faults });
}

function refusal(answer: Answer): Failed['faults'] {
	if (answer.state !== 'refused') return [{ field: '', text: m.council_session_conflict() }];
	return [{ field: answer.field ?? '', text: refusalWords(answer) }];
}

function wayBack(typed: Typed, { params, locals: { ctx } }: RequestEvent): string {
	const here = inLocale(`/sitzungen/${params.slug}/abstimmungen`, ctx.locale);
	return `${safePath(typed.zurueck ?? '', here).split('#')[0]}${typed.item ? `#top-${typed.item}` : ''}`;
}

function faultsOf(error: unknown): Failed['faults'] | undefined {
	if (error instanceof z.ZodError) {
		const fields = new Map(error.issues.map(({ path, message }) => [String(path[0] ?? ''), message.toLowerCase()]));
		return [...fields].map(([field, message]) => ({ field, text: fieldWords(message) }));
	}
	if (error instanceof RuleViolation && knowsRule(error.code))
		return [{ field: error.field ?? '', text: ruleWords(error) }];
	return undefined;
}
