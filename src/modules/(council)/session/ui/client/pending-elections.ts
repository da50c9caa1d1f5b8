import type { ElectionRule } from '../../../rules/profile.ts';
import {
	checkRound,
	outcomeOf,
	roundRule,
	standingAfter,
	type RoundInputs,
	type RoundOutcome,
} from '../../../votes/rules/round.ts';
import { numberOf } from './pending-bias.ts';
import { panelOf } from './pending-motions.ts';
import { at, belongs, drawn, hide, isId, made, madeWith, sent, templateOf, text, type Draw } from './pending-parts.ts';
import type { Waiting } from './queue.ts';

/**
 * Elections that wait. What follows from a count is worked out here by the rules of the body, so that the hall can go on to the
 * next round, the lot or the acceptance; the server judges it again.
 */
export const ELECTIONS: Record<string, Draw> = {
	election: drawElection,
	candidate: drawCandidate,
	consent: drawConsent,
	round: drawRound,
	ballots: drawCount,
	lot: drawLot,
	accept: drawAnswer,
	cancelElection: ({ payload }) => {
		const election = at('data-election', payload.election);
		if (election) sent(election, 'form, [data-cancel]');
	},
};

function drawElection(operation: Waiting): void {
	const { payload } = operation;
	const item = text(payload.item);
	if (!isId(payload.election) || at('data-election', payload.election)) return;
	panelOf(item);
	const list = at('data-elections', item);
	const body = text(payload.body) || firstBody();
	const secret = templateOf(`election-${body}-secret`);
	if (!list || !secret) return;
	const method = payload.open === 'ja' || ruleOf(secret)?.secretDefault === false ? 'open' : 'secret';
	const post = secret.dataset[text(payload.post)] ?? '';
	const places = { ...placesOf(item), election: text(payload.election), name: text(payload.title) || post };
	const [election] = made(`election-${body}-${method}`, places);
	if (!election) return;
	list.append(belongs(election, operation));
	list.hidden = false;
}

function drawCandidate(operation: Waiting): void {
	const { payload } = operation;
	const election = at('data-election', payload.election);
	const list = election?.querySelector<HTMLElement>('[data-candidates]');
	if (!election || !list || !isId(payload.candidate)) return;
	hide(election, '[data-none]');
	if (at('data-candidate', payload.candidate)) return;
	const person = text(payload.person);
	const choice = person && election.querySelector(`select[name=person] option[value="${CSS.escape(person)}"]`);
	// The list names the organisation behind the person.
	const name = (choice && choice.textContent?.trim().replace(/ \([^()]*\)$/, '')) || text(payload.name);
	const places = { ...placesOf(text(payload.item)), candidate: text(payload.candidate), name };
	const entry = madeWith(person ? 'candidate-able' : 'candidate-stranger', places, 'data-candidate');
	if (!entry) return;
	list.append(belongs(entry, operation));
	list.hidden = false;
}

/** Whoever said yes can stand on the ballot. */
function drawConsent(operation: Waiting): void {
	const { payload } = operation;
	const entry = at('data-candidate', payload.candidate);
	if (!entry) return;
	sent(entry, '[data-consent]');
	const names = entry.closest<HTMLElement>('[data-election]')?.querySelector<HTMLElement>('[data-ballot-names]');
	const field = `candidate-${text(payload.candidate)}`;
	if (!names || payload.consent !== 'given' || 'barred' in entry.dataset) return;
	if (names.querySelector(`[name="${CSS.escape(field)}"]`)) return;
	const [name] = made('ballot-name', { candidate: text(payload.candidate), name: nameIn(entry) });
	if (!name) return;
	name.dataset.pending = operation.clientId;
	names.append(name);
	names.hidden = false;
}

function drawRound(operation: Waiting, before: readonly Waiting[]): void {
	const { payload } = operation;
	const election = at('data-election', payload.election);
	if (!election) return;
	sent(election, '[data-propose], [data-consent]');
	hideOpenings(election, Number(at('data-round', payload.round)?.dataset.number ?? Infinity));
	// Ballots on devices are signed by the server: nothing to count before.
	if (payload.onDevices === 'ja' || !isId(payload.round) || at('data-round', payload.round)) return;
	const last = [...election.querySelectorAll<HTMLElement>('[data-round]')].at(-1);
	const number = Number(last?.dataset.number ?? 0) + 1;
	const standing = last ? (last.dataset.next ?? '').split(' ').filter(Boolean) : tickedIn(payload, election);
	const body = election.dataset.body!;
	const rounds = ruleFor(body)?.rounds.length ?? 1;
	const [round] = made(`round-${body}-${Math.min(number, rounds)}`, {
		...placesOf(text(payload.item)),
		election: election.dataset.election!,
		round: text(payload.round),
	});
	if (!round || !standing.length) return;
	round.dataset.number = String(number);
	round.dataset.present = String(presentAt(body, before));
	fillNames(round, standing, election);
	election.querySelector('[data-rounds]')?.append(belongs(round, operation));
}

/** The form that opened a round is sent; the one that stands under its count opens the next. */
function hideOpenings(election: HTMLElement, number: number): void {
	for (const form of election.querySelectorAll<HTMLElement>('[data-open-round]')) {
		const under = Number(form.closest<HTMLElement>('[data-round]')?.dataset.number ?? 0);
		if (under < number) hide(form.parentElement!, ':scope > [data-open-round]');
	}
}

/** A field for each name on the ballot; votes against exist only where one name stands there alone. */
function fillNames(round: HTMLElement, standing: string[], election: HTMLElement): void {
	const pattern = round.querySelector<HTMLInputElement>('input[name="votes-"]')?.closest<HTMLElement>('.field');
	if (!pattern) return;
	for (const id of standing) {
		const field = pattern.cloneNode(true) as HTMLElement;
		const input = field.querySelector('input')!;
		const label = field.querySelector('label')!;
		input.name = `votes-${id}`;
		input.id = label.htmlFor = `votes-${id}-${round.dataset.round}`;
		const words = label.textContent?.trim() ?? '';
		label.textContent = `${words} ${nameOf(id, election)}`.trim();
		pattern.before(field);
	}
	pattern.remove();
	if (standing.length > 1) round.querySelector('input[name=against]')?.closest('.field')?.remove();
}

function drawCount(operation: Waiting): void {
	const { payload } = operation;
	const round = at('data-round', payload.round);
	const election = round?.closest<HTMLElement>('[data-election]');
	const rule = election && ruleFor(election.dataset.body!);
	if (!round || !election || !rule) return;
	sent(round, '[data-count]');
	if (drawn(operation)) return;
	const inputs = inputsOf(payload, round);
	const outcome = checkRound(inputs).fits ? outcomeOf(rule, inputs) : null;
	const words = outcome ? templateFor(outcome, roundRule(rule.rounds, inputs.number).win) : 'outcome-unfit';
	const [says] = made(words, {
		name: outcome?.kind === 'elected' ? nameOf(outcome.candidate, election) : '',
		needed: String(outcome?.needed ?? ''),
	});
	if (!says) return;
	round.append(belongs(says, operation));
	if (!outcome) return;
	round.dataset.next = standingAfter(outcome)?.join(' ') ?? '';
	round.dataset.outcome = JSON.stringify(outcome);
	says.append(...nextStep(outcome, election, round, text(payload.item)));
}

/** The form of what comes next: acceptance, another round, the lot. */
function nextStep(outcome: RoundOutcome, election: HTMLElement, round: HTMLElement, item: string): HTMLElement[] {
	const places = { ...placesOf(item), election: election.dataset.election!, round: round.dataset.round! };
	if (outcome.kind === 'elected') return made('acceptance', { ...places, name: nameOf(outcome.candidate, election) });
	if (outcome.kind === 'nextRound') return opening(election, round, places);
	if (outcome.kind !== 'lot') return [];
	const [form] = made('lot', places);
	const choice = form?.querySelector('select');
	choice?.replaceChildren(...outcome.between.map((id) => new Option(nameOf(id, election), id)));
	return form ? [form] : [];
}

function opening(election: HTMLElement, round: HTMLElement, places: Record<string, string>): HTMLElement[] {
	const turn = String(Number(round.dataset.number) + 1);
	return made(`round-opening-${election.dataset.method}`, { ...places, turn });
}

function drawLot(operation: Waiting): void {
	const { payload } = operation;
	const round = at('data-round', payload.round);
	const election = round?.closest<HTMLElement>('[data-election]');
	const outcome = round?.dataset.outcome && (JSON.parse(round.dataset.outcome) as RoundOutcome);
	if (!round || !election || !outcome || outcome.kind !== 'lot') return;
	sent(round, '[data-lot]');
	if (drawn(operation)) return;
	const winner = text(payload.winner);
	round.dataset.next = standingAfter(outcome, winner)?.join(' ') ?? '';
	const box = document.createElement('div');
	const places = { ...placesOf(text(payload.item)), election: election.dataset.election! };
	box.append(
		...(outcome.for === 'election'
			? made('acceptance', { ...places, name: nameOf(winner, election) })
			: opening(election, round, { ...places, round: round.dataset.round! })),
	);
	round.append(belongs(box, operation));
}

function drawAnswer(operation: Waiting): void {
	const { payload } = operation;
	const election = at('data-election', payload.election);
	if (!election) return;
	const asks = election.querySelector<HTMLElement>('[data-accept]');
	const name = asks?.querySelector('p')?.dataset.name ?? '';
	sent(election, payload.accepted === 'yes' ? '[data-accept], [data-cancel]' : '[data-accept]');
	if (drawn(operation)) return;
	const [says] = made(payload.accepted === 'yes' ? 'accepted' : 'declined', { name });
	if (says) election.append(belongs(says, operation));
}

function templateFor(outcome: RoundOutcome, win: string): string {
	if (outcome.kind === 'elected' && win === 'mostVotes') return 'outcome-electedMost';
	if (outcome.kind === 'lot') return outcome.for === 'election' ? 'outcome-lot' : 'outcome-runOff';
	if (outcome.kind === 'failed' && outcome.because === 'singleCandidate') return 'outcome-singleCandidate';
	return `outcome-${outcome.kind}`;
}

function inputsOf(payload: Record<string, unknown>, round: HTMLElement): RoundInputs {
	const count = (name: string) => Number(text(payload[name]) || '0');
	const votes = Object.keys(payload)
		.filter((name) => name.startsWith('votes-'))
		.map((name) => ({ candidate: name.slice('votes-'.length), votes: count(name) }))
		.sort((a, b) => (a.candidate < b.candidate ? -1 : 1));
	return {
		number: Number(round.dataset.number),
		present: Number(round.dataset.present),
		issued: count('issued'),
		returned: count('returned'),
		blank: count('blank'),
		invalid: count('invalid'),
		against: count('against'),
		votes,
	};
}

/** Voting members who are there, by the page and by what was entered since. */
function presentAt(body: string, before: readonly Waiting[]): number {
	const template = templateOf(`election-${body}-secret`);
	const list = (words: string | undefined) => (words ?? '').split(' ').filter(Boolean);
	const there = new Set(list(template?.dataset.voters));
	const electorate = new Set(list(template?.dataset.electorate));
	for (const { kind, payload } of before) {
		const row = text(payload.row);
		if (kind === 'leave' || kind === 'lost') there.delete(row);
		if ((kind === 'checkIn' || kind === 'back') && electorate.has(row)) there.add(row);
	}
	return there.size;
}

function tickedIn(payload: Record<string, unknown>, election: HTMLElement): string[] {
	const ticked = Object.keys(payload)
		.filter((name) => name.startsWith('candidate-') && payload[name] === 'ja')
		.map((name) => name.slice('candidate-'.length));
	if (ticked.length) return ticked;
	return [...election.querySelectorAll<HTMLInputElement>('[data-ballot-names] input[name^="candidate-"]')].map(
		({ name }) => name.slice('candidate-'.length),
	);
}

const ruleOf = (template: HTMLTemplateElement | null) =>
	JSON.parse(template?.dataset.rule ?? 'null') as ElectionRule | null;
const ruleFor = (body: string) => ruleOf(templateOf(`election-${body}-secret`));
const placesOf = (item: string) => ({ item, number: numberOf(item) });
const nameIn = (entry: HTMLElement) => entry.querySelector('[data-name]')?.textContent?.trim() ?? '';
const nameOf = (candidate: string, election: HTMLElement) => {
	const entry = at('data-candidate', candidate, election);
	return entry ? nameIn(entry) : '';
};

/** The leading body's templates stand first. */
function firstBody(): string {
	const first = document.querySelector<HTMLTemplateElement>('template[data-template^="election-"]');
	return first?.dataset.template?.slice('election-'.length, 'election-'.length + 36) ?? '';
}
