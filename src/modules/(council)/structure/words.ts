import * as m from '#messages';

/** Words for the closed lists of this room; a value nobody knows is shown as it is. */
const say = (words: Record<string, () => string>) => (value: string) => words[value]?.() ?? value;

export const bodyKind = say({
	council: m.council_structure_kind_council,
	committee: m.council_structure_kind_committee,
	board: m.council_structure_kind_board,
	roundTable: m.council_structure_kind_roundTable,
	workingGroup: m.council_structure_kind_workingGroup,
});
export const seatKind = say({
	delegated: m.council_structure_seat_delegated,
	resident: m.council_structure_seat_resident,
	organisation: m.council_structure_seat_organisation,
	exOfficio: m.council_structure_seat_exOfficio,
	advisory: m.council_structure_seat_advisory,
});
export const sideWord = say({
	council: m.council_structure_side_council,
	civilSociety: m.council_structure_side_civilSociety,
	administration: m.council_structure_side_administration,
});
export const substitutesWord = say({
	none: m.council_structure_substitutes_none,
	named: m.council_structure_substitutes_named,
	anyOfGroup: m.council_structure_substitutes_anyOfGroup,
});
export const successorsWord = say({
	none: m.council_structure_successors_none,
	rankedList: m.council_structure_successors_rankedList,
});
export const reasonWord = say({
	resigned: m.council_structure_reason_resigned,
	mandateLost: m.council_structure_reason_mandateLost,
	leftGroup: m.council_structure_reason_leftGroup,
	recalled: m.council_structure_reason_recalled,
	movedAway: m.council_structure_reason_movedAway,
	ineligible: m.council_structure_reason_ineligible,
	died: m.council_structure_reason_died,
	other: m.council_structure_reason_other,
	termEnd: m.council_structure_reason_termEnd,
});
export const outcomeWord = say({
	ends: m.council_structure_outcome_ends,
	staysUntilConstitution: m.council_structure_outcome_staysUntilConstitution,
	stays: m.council_structure_outcome_stays,
});
export const postWord = say({
	chair: m.council_post_chair,
	deputyChair: m.council_post_deputyChair,
	board: m.council_post_board,
	managingOffice: m.council_post_managingOffice,
	speaker: m.council_post_speaker,
});
export const memberWord = say({
	member: m.council_structure_member_member,
	substitute: m.council_structure_member_substitute,
	successor: m.council_structure_member_successor,
	advisory: m.council_structure_member_advisory,
	guest: m.council_structure_member_guest,
});
export const officeKindWord = say({
	speaker: m.council_structure_office_speaker,
	coordinator: m.council_structure_office_coordinator,
	head: m.council_structure_office_head,
	commissioner: m.council_structure_office_commissioner,
	other: m.council_structure_office_other,
});

/** Choices of a field from a closed list. */
export function choices(values: readonly string[], word: (value: string) => string) {
	return values.map((value) => ({ value, label: word(value) }));
}
