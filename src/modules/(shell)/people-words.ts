import * as m from '#messages';
import type { Duty, PersonRow } from '#modules/registry';

type Membership = PersonRow['memberships'][number];

const DUTIES: Record<Duty, () => string> = {
	office: m.shell_duty_office,
	department: m.shell_duty_department,
	editor: m.shell_duty_editor,
	administrator: m.shell_duty_administrator,
	auditor: m.shell_duty_auditor,
};
const KINDS: Record<Membership['kind'], () => string> = {
	member: m.shell_member,
	substitute: m.council_member_substitute,
	successor: m.shell_member_successor,
	advisory: m.council_member_advisory,
	guest: m.council_member_guest,
};
const POSTS: Record<NonNullable<Membership['post']>, () => string> = {
	chair: m.council_post_chair,
	deputyChair: m.council_post_deputyChair,
	board: m.council_post_board,
	managingOffice: m.council_post_managingOffice,
	speaker: m.council_post_speaker,
};

export function dutyWords(duty: Duty): string {
	return DUTIES[duty]();
}

/** "Vorsitz, Beirat", "Mitglied, Fraktion Grüne Elbe" */
export function membershipWords({ kind, post, organisation }: Membership): string {
	return `${(post ? POSTS[post] : KINDS[kind])()}, ${organisation}`;
}
