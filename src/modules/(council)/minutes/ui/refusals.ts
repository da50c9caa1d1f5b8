import * as m from '#messages';

/** The sentence for a refused act: what is in the way, and how to go on. */
export function refusal(code: string, params: Record<string, string | number> = {}): string {
	const say = REFUSALS[code];
	return say ? say(params) : m.council_minutes_fault_form();
}

const REFUSALS: Record<string, (params: Record<string, string | number>) => string> = {
	'council.minutesFixed': m.council_minutes_fault_fixed,
	'council.minutes.textConflict': m.council_minutes_conflict,
	'council.minutes.changedMeanwhile': m.council_minutes_fault_changed,
	'council.minutes.unknownAttendance': ({ count }) => m.council_minutes_fault_unknown({ count: Number(count ?? 0) }),
	'council.minutes.wrongState': m.council_minutes_fault_state,
	'council.minutes.alreadyShown': m.council_minutes_fault_state,
	'council.minutes.notShown': m.council_minutes_fault_state,
	'council.minutes.notHeld': m.council_minutes_fault_not_held,
	'council.minutes.takenOver': m.council_minutes_fault_taken_over,
	'council.minutes.notSigner': m.council_minutes_fault_not_signer,
	'council.minutes.functionMissing': m.council_minutes_fault_function,
	'council.minutes.notBeforeApproval': m.council_minutes_fault_before_approval,
	'council.minutes.reasonMissing': m.council_minutes_fault_reason,
	'council.minutes.withheldReason': m.council_minutes_fault_reason,
	'council.minutes.textMissing': m.council_minutes_fault_text,
	'council.minutes.objectionEmpty': m.council_minutes_fault_text,
	'council.minutes.nameMissing': m.council_minutes_fault_name,
	'council.minutes.scanMissing': m.council_minutes_fault_scan,
	'council.minutes.scanFormat': m.council_minutes_fault_scan,
	'council.minutes.notYet': m.council_minutes_fault_not_yet,
	'council.minutes.correctionMissing': m.council_minutes_fault_correction,
	'council.minutes.openObjections': m.council_minutes_fault_objections,
	council_agenda_fault_file: m.council_agenda_fault_file,
	council_agenda_fault_file_large: m.council_agenda_fault_file_large,
	council_agenda_fault_file_active: m.council_agenda_fault_file_active,
	'council.minutes.moreVotes': ({ votes, present }) =>
		m.council_minutes_fault_more_votes({ votes: Number(votes ?? 0), present: Number(present ?? 0) }),
	'council.minutes.placeholder': ({ name }) => m.council_minutes_fault_placeholder({ name: String(name ?? '') }),
};

const SAID: Record<string, () => string> = {
	gesichert: m.council_minutes_done_gesichert,
	pruefung: m.council_minutes_done_pruefung,
	entwurf: m.council_minutes_done_entwurf,
	unterzeichnet: m.council_minutes_done_unterzeichnet,
	veroeffentlicht: m.council_minutes_done_veroeffentlicht,
	zurueckgezogen: m.council_minutes_done_zurueckgezogen,
	eingewendet: m.council_minutes_done_eingewendet,
	zuspaet: m.council_minutes_done_zuspaet,
	zurueckgenommen: m.council_minutes_done_zurueckgenommen,
	berichtigt: m.council_minutes_done_berichtigt,
	bleibt: m.council_minutes_done_bleibt,
	bestaetigt: m.council_minutes_done_bestaetigt,
};

/** What was just done, from the address; nothing for a word that nobody here says. */
export function doneSentence(said: string | null): string {
	return (said && SAID[said]?.()) ?? '';
}
