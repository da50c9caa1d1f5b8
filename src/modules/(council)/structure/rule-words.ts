import * as m from '#messages';
import type { RuleViolation } from '#kernel/errors.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';

type Words = (params: Record<string, string>, day: (iso: string | undefined) => string) => string;

/** What the structure of a body refuses, in words. */
const WORDS: Record<string, Words> = {
	'council.notEligible': () => m.council_structure_rule_notEligible(),
	'council.slugTaken': () => m.council_structure_rule_slugTaken(),
	'council.noPerson': () => m.council_structure_rule_noPerson(),
	'council.stepGoneOn': () => m.council_structure_rule_stepGoneOn(),
	'council.stepOver': () => m.council_structure_rule_stepOver(),
	'council.noOrganisation': () => m.council_structure_rule_noOrganisation(),
	'council.seatFilled': ({ number }) => m.council_structure_rule_seatFilled({ number: number! }),
	'council.seatNotThere': () => m.council_structure_rule_seatNotThere(),
	'council.alreadyMember': () => m.council_structure_rule_alreadyMember(),
	'council.profileOrder': ({ from }, day) => m.council_structure_rule_profileOrder({ from: day(from) }),
	'council.alreadyLeft': () => m.council_structure_rule_alreadyLeft(),
	'council.beforeBegin': ({ from }, day) => m.council_structure_rule_beforeBegin({ from: day(from) }),
	'council.vacancyFilled': () => m.council_structure_rule_vacancyFilled(),
	'council.successionOver': () => m.council_structure_rule_successionOver(),
	'council.termPrepared': () => m.council_structure_rule_termPrepared(),
	'council.termOver': () => m.council_structure_rule_termOver(),
	'council.termOrder': ({ from }, day) => m.council_structure_rule_termOrder({ from: day(from) }),
	'council.beginsLater': ({ name, from }, day) =>
		m.council_structure_rule_beginsLater({ name: name!, from: day(from) }),
	'council.noSeats': () => m.council_structure_rule_noSeats(),
	'council.inFuture': () => m.council_structure_rule_inFuture(),
	'council.temporaryNeedsEnd': () => m.council_structure_rule_temporaryNeedsEnd(),
	'council.purposeMissing': () => m.council_structure_rule_purposeMissing(),
	'council.groupOver': () => m.council_structure_rule_groupOver(),
	'council.sameGroup': () => m.council_structure_rule_sameGroup(),
	'council.holderThere': () => m.council_structure_rule_holderThere(),
	'council.resolutionMissing': () => m.council_structure_rule_resolutionMissing(),
};

/** @throws Error for a rule without words: that is a defect, not an answer */
export function ruleWords({ code, params }: RuleViolation, locale: Locale): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	const texts = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
	return words(texts, (iso) => (iso ? formatDay(iso, 'long', locale) : ''));
}
