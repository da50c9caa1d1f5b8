import * as m from '#messages';
import { formatDay, isolated } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { ControlRow, ControlStep } from '../control/view.ts';
import type { ControlState, Quarter } from '../rules/control.ts';
import type { Mark } from './words.ts';

const WORDS: Record<ControlState, () => string> = {
	done: m.papers_control_done,
	inProgress: m.papers_control_inProgress,
	deadline: m.papers_control_deadline,
	recurring: m.papers_control_recurring,
	notFeasible: m.papers_control_notFeasible,
};

/** The word for a state; one that was left out of control has none. */
export const stateWord = (state: ControlState): string => WORDS[state]?.() ?? '';

const TONES: Record<ControlState, Mark['tone']> = {
	done: 'good',
	inProgress: '',
	deadline: 'warn',
	recurring: '',
	notFeasible: 'bad',
};

export const stateMark = (state: ControlState): Mark => ({ text: stateWord(state), tone: TONES[state] });

export const quarterWords = ({ quarter, year }: Quarter): string =>
	m.papers_control_quarter({ quarter: String(quarter), year: String(year) });

/** Until when or when next, with why it takes longer. */
export function dueWords(
	{ state, due, delayReason }: Pick<ControlRow | ControlStep, 'state' | 'due' | 'delayReason'>,
	locale: Locale,
): string[] {
	const day = due && formatDay(due, 'long', locale);
	const when = day && (state === 'recurring' ? m.papers_control_next({ day }) : m.papers_control_by({ day }));
	return [when, delayReason && m.papers_control_delayed({ reason: isolated(delayReason, locale) })].filter(
		(word) => !!word,
	) as string[];
}
