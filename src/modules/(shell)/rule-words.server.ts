import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import type { RuleViolation } from '#kernel/errors.ts';
import { clock } from './clock.ts';

type Words = (params: RuleViolation['params'], ctx: Ctx) => string;

/** What the sign-in refused, in words of the reader's language. */
const WORDS: Record<string, Words> = {
	'identity.wait': ({ seconds }, ctx) =>
		m.shell_login_error_wait({ time: clock(ctx.now.add({ seconds: Number(seconds) + 59 }), ctx) }),
	'identity.wrongPassword': () => m.shell_login_error_password(),
	'identity.wrongCode': () => m.shell_login_error_code(),
	'identity.usedCode': () => m.shell_login_error_used(),
	'identity.challengeOver': () => m.shell_login_error_over(),
	'identity.linkOver': () => m.shell_login_link_over_text(),
	'identity.passkeyFailed': () => m.shell_login_passkey_failed(),
	'identity.oidcUnreachable': () => m.shell_login_error_oidc_down(),
	'identity.oidcFailed': () => m.shell_login_error_oidc_failed(),
	'identity.oidcUnknown': () => m.shell_login_error_oidc_unknown(),
	'identity.passwordShort': ({ min }) => m.shell_account_password_short({ min: String(min) }),
	'identity.passwordLong': ({ max }) => m.shell_account_password_long({ max: String(max) }),
	'identity.noSecondStep': () => m.shell_account_password_needs_step(),
	'identity.secondStepIsOn': () => m.shell_account_step_is_on(),
};

/** @throws Error for a rule this module has no words for: that is a defect, not an answer */
export function ruleWords({ code, params }: RuleViolation, ctx: Ctx): string {
	const words = WORDS[code];
	if (!words) throw new Error(`no words for the rule ${code}`);
	return words(params, ctx);
}

export function isKnownRule(code: string): boolean {
	return code in WORDS;
}
