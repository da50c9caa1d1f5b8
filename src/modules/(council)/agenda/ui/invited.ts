import * as m from '#messages';

const ROLES: Record<string, () => string> = {
	member: m.council_agenda_role_member,
	advisory: m.council_agenda_role_advisory,
	reporter: m.council_agenda_role_reporter,
	guest: m.council_agenda_role_guest,
	substitute: m.council_agenda_role_substitute,
};

/** As what somebody is invited. */
export function roleWord(role: string): string {
	return ROLES[role]?.() ?? role;
}

const PURPOSES: Record<string, () => string> = {
	invitation: m.council_agenda_mail_is_invitation,
	again: m.council_agenda_mail_is_again,
	update: m.council_agenda_mail_is_update,
	cancellation: m.council_agenda_mail_is_cancellation,
	reminder: m.council_agenda_mail_is_reminder,
	substitute: m.council_agenda_mail_is_substitute,
};

/** What a mail of the delivery log was. */
export function purposeWord(purpose: string): string {
	return PURPOSES[purpose]?.() ?? purpose;
}

const STATES: Record<string, () => string> = {
	queued: m.council_agenda_state_queued,
	sent: m.council_agenda_state_sent,
	kept: m.council_agenda_state_kept,
	bounced: m.council_agenda_state_bounced,
	failed: m.council_agenda_state_failed,
};

/** What became of a mail; mails are erased after a while, the log stays. */
export function mailStateWord(state: string | null, byPost: boolean): string {
	if (byPost) return m.council_agenda_state_post();
	return state === null ? m.council_agenda_state_erased() : (STATES[state]?.() ?? state);
}
