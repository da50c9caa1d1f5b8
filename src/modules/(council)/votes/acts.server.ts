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
import { backAtTable, decideBias, declareBias, withdrawBias } from './bias.server.ts';
import { propose, recordConsent } from './candidates.server.ts';
import { closeVote, voidVote } from './close-vote.server.ts';
import { acceptElection, beginElection, cancelElection } from './elections.server.ts';
import { countRound, drawLot, openRound } from './rounds.server.ts';
import { fieldWords, knowsRule, ruleWords } from './fault-words.server.ts';
import * as schema from './schema.ts';
import { openBox, takePaper } from './secret.server.ts';
import type { Failed, VoteKind } from './view.ts';

type Typed = Record<string, string>;
type Act = (ctx: Ctx, typed: Typed) => Promise<unknown>;

const id = z.uuid();

/** Reads a form by its schema, then acts; what the schema does not take is thrown as it found it. */
function by<Schema extends z.ZodType>(form: Schema, act: (ctx: Ctx, given: z.output<Schema>) => Promise<unknown>): Act {
	return (ctx, typed) => act(ctx, form.parse(typed));
}

const number = (value: string) =>
	value.trim() === ''
		? 0
		: z
				.string()
				.regex(/^\d{1,3}$/)
				.transform(Number)
				.parse(value);

/** The time of an acceptance as HH:MM of the town's clock today; nothing means now. */
function momentOf(ctx: Ctx, text: string): Temporal.Instant | undefined {
	if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined;
	return ctx.today.toZonedDateTime({ timeZone: ctx.body.timeZone, plainTime: text }).toInstant();
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
	rueckgaengig: UNDO,
};

/** Everything else that the office does about votes in a session. The end of a secret vote is among it: it has no way back. */
const ACTS: Record<string, Act> = {
	ergebnis: by(schema.FiguresForm, closeVote),
	ungueltig: by(schema.VoidForm, (ctx, { vote, reason }) => write(ctx, (tx) => voidVote(tx, vote, reason))),
	urne: (ctx, typed) => openBox(ctx, id.parse(typed.ballot)),
	papier: (ctx, typed) => takePaper(ctx, id.parse(typed.ballot), id.parse(typed.attendance)),
	befangen: by(schema.BiasForm, declareBias),
	entscheiden: by(schema.BiasDecision, (ctx, { bias, yes, no, abstain }) =>
		decideBias(ctx, bias, { yes, no, abstain }),
	),
	'am-tisch': (ctx, typed) => backAtTable(ctx, id.parse(typed.bias)),
	irrtum: (ctx, typed) => withdrawBias(ctx, id.parse(typed.bias)),
	wahl: by(schema.ElectionForm, beginElection),
	kandidatur: by(schema.CandidateForm, propose),
	zustimmung: by(schema.ConsentForm, recordConsent),
	wahlgang: (ctx, typed) =>
		openRound(ctx, {
			election: id.parse(typed.election),
			candidates: [...schema.fieldsOf(typed, 'candidate-', (value) => (value === 'ja' ? true : undefined)).keys()],
			onDevices: typed.onDevices === 'ja',
		}),
	auszaehlen: (ctx, typed) =>
		countRound(ctx, { ...schema.RoundForm.parse(typed), votes: schema.fieldsOf(typed, 'votes-', number) }),
	los: by(schema.LotForm, drawLot),
	annahme: by(schema.AcceptForm, (ctx, { election, accepted, time }) =>
		acceptElection(ctx, { election, accepted: accepted === 'yes', at: momentOf(ctx, time) }),
	),
	abbrechen: (ctx, typed) => cancelElection(ctx, id.parse(typed.election)),
};

/** The ids by which a refused form finds its panel again, the closest first. */
const OF = ['vote', 'round', 'bias', 'candidate', 'election', 'under', 'motion', 'ballot', 'item'];

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
