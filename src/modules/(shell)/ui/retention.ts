import * as m from '#messages';
import type { RetentionClass } from '#kernel/privacy/declaration.ts';

const WORDS: Record<RetentionClass, () => string> = {
	permanent: m.shell_keep_permanent,
	function: m.shell_keep_function,
	account: m.shell_keep_account,
	'invitations-5y': m.shell_keep_5y,
	'attendance-10y': m.shell_keep_10y,
	'applications-6m': m.shell_keep_6m,
	'assignments-12m': m.shell_keep_12m,
	'registrations-4w': m.shell_keep_4w,
	'feedback-12m': m.shell_keep_12m,
	'audit-12m': m.shell_keep_12m,
	'log-90d': m.shell_keep_90d,
	'reading-12m': m.shell_keep_12m,
};

/** How long values of a class are kept, in the reader's language: "12 Monate". */
export function retentionWords(kept: RetentionClass): string {
	return WORDS[kept]();
}

/** True for the name of a retention class. */
export function isRetention(text: string): text is RetentionClass {
	return Object.hasOwn(WORDS, text);
}
