import * as m from '#messages';
import type { Answer } from '../rules/answers.ts';

const WORDS: Record<Answer | 'open', () => string> = {
	open: m.council_agenda_answer_open,
	yes: m.council_agenda_answer_yes,
	no: m.council_agenda_answer_no,
	late: m.council_agenda_answer_late,
	remote: m.council_agenda_answer_remote,
	substitute: m.council_agenda_answer_substitute,
};

/** An answer to an invitation in the reader's language. */
export function answerWord(answer: Answer | 'open'): string {
	return WORDS[answer]();
}
