import * as m from '#messages';
import type { Held } from './rules.ts';

const ROLES: Record<Held['role'], () => string> = {
	seat: m.council_member_history_member,
	chair: m.council_post_chair,
	deputyChair: m.council_post_deputyChair,
	board: m.council_post_board,
	managingOffice: m.council_post_managingOffice,
	speaker: m.council_post_speaker,
	office: m.council_member_history_office,
};

/** What somebody was, in the reader's language. */
export function roleWord(role: Held['role']): string {
	return ROLES[role]();
}

/** How a seat is filled that no organisation fills; nothing where the word would be empty. */
export function seatKindWord(kind: string): string {
	if (kind === 'resident') return m.council_seat_resident();
	return kind === 'advisory' ? m.council_member_advisory() : '';
}
