import { Rules, type Citation } from '../../rules/profile.ts';

/** One value of a rule profile as a form shows it. `path` leads into the rules: `quorum.rule`. */
export interface RuleField {
	path: string;
	type: 'choice' | 'number' | 'yes' | 'list';
	values?: readonly string[];
}

const MAJORITIES = ['simple', 'absolute', 'twoThirds', 'fourFifths'] as const;
const OF = ['votesCast', 'present', 'seats'] as const;
const SIGNERS = ['chair', 'minuteTaker', 'office', 'member'] as const;
export const WINS = ['majorityOfPresent', 'majorityOfVotes', 'mostVotes'] as const;
export const CANDIDATES = ['all', 'topTwo'] as const;
export const ROUNDS = 4;

const choice = (path: string, values: readonly string[]): RuleField => ({ path, type: 'choice', values });
const number = (path: string): RuleField => ({ path, type: 'number' });
const yes = (path: string): RuleField => ({ path, type: 'yes' });

/** Every value of a profile, in the order of its parts; a part's name is also that of its citations. */
export const RULE_SECTIONS: readonly { rule: string; fields: readonly RuleField[] }[] = [
	{
		rule: 'quorum',
		fields: [
			choice('quorum.rule', ['moreThanHalf', 'half', 'third']),
			choice('quorum.base', ['actualVotingMembers', 'statutoryVotingMembers']),
			yes('quorum.presumedUntilChallenged'),
			yes('quorum.secondConvening'),
		],
	},
	{
		rule: 'notice',
		fields: [
			number('notice.days'),
			choice('notice.counting', ['fullDaysBetween', 'sameWeekday']),
			yes('notice.urgentShortNotice'),
		],
	},
	{
		rule: 'convening',
		fields: [number('convening.share.0'), number('convening.share.1'), number('convening.singleAfterMonths')],
	},
	{
		rule: 'voting',
		fields: [
			choice('voting.standard.kind', MAJORITIES),
			choice('voting.standard.of', OF),
			choice('voting.urgentItem.kind', MAJORITIES),
			choice('voting.urgentItem.of', OF),
			number('voting.rollCallAskers'),
			number('voting.secretAskers'),
			yes('voting.unanimousWithAbstentions'),
		],
	},
	{
		rule: 'election',
		fields: [
			yes('election.secretDefault'),
			yes('election.openIfNobodyObjects'),
			...Array.from({ length: ROUNDS }, (_, index) => [
				choice(`election.rounds.${index}.win`, index ? ['', ...WINS] : WINS),
				choice(`election.rounds.${index}.candidates`, CANDIDATES),
			]).flat(),
			yes('election.singleCandidateOnce'),
			choice('election.ledBy', ['oldest', 'outgoingChair', 'mayor']),
		],
	},
	{
		rule: 'written',
		fields: [
			choice('written.mode', ['off', 'silentUnlessObjection', 'consentQuorum']),
			number('written.consent.0'),
			number('written.consent.1'),
			number('written.days'),
		],
	},
	{
		rule: 'remote',
		fields: [choice('remote.mode', ['off', 'emergencyOnly', 'hybrid', 'video']), yes('remote.electionsAllowed')],
	},
	{
		rule: 'minutes',
		fields: [
			number('minutes.dueDays'),
			{ path: 'minutes.signers', type: 'list', values: SIGNERS },
			yes('minutes.preliminaryPublication'),
		],
	},
	{
		rule: 'membership',
		fields: [
			choice('membership.end', ['untilNewBodyConstituted', 'councilTerm']),
			choice('membership.mandateLost', ['ends', 'staysUntilConstitution', 'stays']),
			choice('membership.groupLeft', ['groupMayReplace', 'ends', 'stays']),
		],
	},
	{ rule: 'chair', fields: [yes('chairIsCommissioner')] },
	{
		rule: 'attendance',
		fields: [
			number('attendance.unexcused'),
			number('attendance.withinMonths'),
			choice('attendance.consequence', ['reminder', 'hearing', 'recallProposal']),
		],
	},
	{
		rule: 'publicness',
		fields: [choice('publicness', ['public', 'closed']), yes('agendaInSession')],
	},
	{ rule: 'bias', fields: [] },
];

const FIELDS = RULE_SECTIONS.flatMap(({ fields }) => fields);

/** The values of a profile by path, as a form carries them; a box that is not ticked is missing. */
export function valuesOf(rules: Rules): Record<string, string> {
	const values: Record<string, string> = {};
	for (const field of FIELDS) {
		const value = at(rules, field.path);
		if (field.type === 'yes') {
			if (value) values[field.path] = 'on';
		} else if (field.type === 'list') for (const one of value as string[]) values[`${field.path}.${one}`] = 'on';
		else values[field.path] = value === undefined ? '' : String(value);
	}
	return values;
}

function at(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
}

export type ReadRules = { rules: Rules } | { faults: { path: string; kind: 'number' | 'choose' }[] };

/** Rules from a form; every fault names its field. */
export function readRules(typed: Record<string, string>): ReadRules {
	const raw: Record<string, unknown> = {};
	for (const field of FIELDS) set(raw, field.path, valueOf(field, typed));
	const election = raw.election as { rounds: Record<string, { win?: string }> };
	const written = raw.written as { consent: Record<string, unknown> };
	const convening = raw.convening as { share: Record<string, unknown> };
	election.rounds = Object.values(election.rounds).filter(({ win }) => win) as never;
	written.consent = Object.values(written.consent) as never;
	convening.share = Object.values(convening.share) as never;
	const parsed = Rules.safeParse(raw);
	if (parsed.success) return { rules: parsed.data };
	const faults = parsed.error.issues.map((issue) => {
		const joined = issue.path.join('.');
		const field = FIELDS.find(({ path }) => path === joined) ?? FIELDS.find(({ path }) => path.startsWith(joined));
		const kind = field?.type === 'number' ? ('number' as const) : ('choose' as const);
		return { path: field?.path ?? joined, kind };
	});
	return { faults };
}

function valueOf({ path, type, values }: RuleField, typed: Record<string, string>): unknown {
	if (type === 'yes') return path in typed;
	if (type === 'list') return (values ?? []).filter((one) => `${path}.${one}` in typed);
	const text = (typed[path] ?? '').trim();
	if (type === 'number') return /^\d+$/.test(text) ? Number(text) : text;
	return text === '' ? undefined : text;
}

function set(target: Record<string, unknown>, path: string, value: unknown): void {
	const keys = path.split('.');
	let part = target;
	for (const key of keys.slice(0, -1)) part = (part[key] ??= {}) as Record<string, unknown>;
	part[keys.at(-1)!] = value;
}

/** What differs between two profiles, by path; lists as their words joined. */
export function changesBetween(before: Rules, after: Rules): { path: string; before: string; after: string }[] {
	const show = (rules: Rules, { path, type }: RuleField) => {
		const value = at(rules, path);
		if (type === 'yes') return value ? 'yes' : 'no';
		return Array.isArray(value) ? value.join(',') : String(value ?? '');
	};
	return FIELDS.map((field) => ({ path: field.path, before: show(before, field), after: show(after, field) })).filter(
		(change) => change.before !== change.after,
	);
}

/** Citations as lines of text: one source a line, its address after a bar. */
export function citationLines(citations: readonly Citation[], rule: string): string {
	return citations
		.filter((citation) => citation.rule === rule)
		.map(({ text, url }) => (url ? `${text} | ${url}` : text))
		.join('\n');
}

export function readCitations(typed: Record<string, string>): Citation[] {
	return RULE_SECTIONS.flatMap(({ rule }) =>
		(typed[`citations.${rule}`] ?? '')
			.split('\n')
			.map((line) => line.trim())
			.filter(Boolean)
			.map((line) => {
				const [text, url] = line.split('|').map((part) => part.trim());
				return { rule, text: text!.slice(0, 300), url: url && /^https?:\/\//.test(url) ? url.slice(0, 500) : null };
			}),
	);
}
