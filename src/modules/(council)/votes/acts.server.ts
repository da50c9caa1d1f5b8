import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { safePath } from '#kernel/identity/visit.ts';
import { backAtTable, decideBias, declareBias, withdrawBias } from './bias.server.ts';
import { propose, recordConsent } from './candidates.server.ts';
import { closeVote, voidVote } from './close-vote.server.ts';
import { acceptElection, beginElection, cancelElection, countRound, drawLot, openRound } from './elections.server.ts';
import { fieldWords, knowsRule, ruleWords } from './fault-words.server.ts';
import { putMotion, restoreMotion, withdrawMotion, writeAmendedText } from './motions.server.ts';
import { openVote } from './open-vote.server.ts';
import { enterVoices } from './roll-call.server.ts';
import * as schema from './schema.ts';
import { openBox, takePaper } from './secret.server.ts';
import type { Failed } from './view.ts';

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

/** A roll call is saved, and closed with the same press where that was asked for. */
async function rollCall(ctx: Ctx, typed: Typed): Promise<void> {
	const vote = id.parse(typed.vote);
	await enterVoices(ctx, vote, schema.voicesIn(typed));
	if (typed.close === 'ja')
		await closeVote(ctx, schema.FiguresForm.parse({ vote, yes: '', no: '', abstain: '', anyway: typed.anyway }));
}

/** The time of an acceptance as HH:MM of the town's clock today; nothing means now. */
function momentOf(ctx: Ctx, text: string): Temporal.Instant | undefined {
	if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined;
	return ctx.today.toZonedDateTime({ timeZone: ctx.body.timeZone, plainTime: text }).toInstant();
}

/** Everything the office does about votes in a session, by the name of its form action. */
const ACTS: Record<string, Act> = {
	antrag: by(schema.MotionForm, putMotion),
	zurueckziehen: (ctx, typed) => withdrawMotion(ctx, id.parse(typed.motion)),
	wiederaufnehmen: (ctx, typed) => restoreMotion(ctx, id.parse(typed.motion)),
	endfassung: by(schema.AmendedForm, (ctx, { motion, text }) => writeAmendedText(ctx, motion, text)),
	abstimmen: by(schema.OpenVoteForm, openVote),
	ergebnis: by(schema.FiguresForm, closeVote),
	namen: rollCall,
	ungueltig: by(schema.VoidForm, (ctx, { vote, reason }) => voidVote(ctx, vote, reason)),
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
const OF = ['vote', 'round', 'bias', 'candidate', 'election', 'motion', 'ballot', 'item'];

/** Form actions for a page that shows the panels. A success leads back to where the form stood. */
export const voteActions: Record<string, (event: RequestEvent) => Promise<ReturnType<typeof fail<Failed>>>> =
	Object.fromEntries(
		Object.entries(ACTS).map(([name, act]) => [name, (event: RequestEvent) => run(name, act, event)] as const),
	);

async function run(name: string, act: Act, { locals: { ctx }, request, params }: RequestEvent) {
	demand(ctx.actor, 'council.edit');
	const typed = Object.fromEntries([...(await request.formData())].map(([key, value]) => [key, String(value)]));
	const of = OF.map((key) => typed[key]).find(Boolean) ?? '';
	try {
		await act(ctx, typed);
	} catch (error) {
		const faults = faultsOf(error);
		if (!faults) throw error;
		return fail<Failed>(422, { act: name, of, typed, faults });
	}
	const here = inLocale(`/sitzungen/${params.slug}/abstimmungen`, ctx.locale);
	redirect(303, `${safePath(typed.zurueck ?? '', here).split('#')[0]}${typed.item ? `#top-${typed.item}` : ''}`);
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
