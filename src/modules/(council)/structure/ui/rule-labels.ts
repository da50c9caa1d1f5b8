import * as m from '#messages';

const SECTIONS: Record<string, () => string> = {
	quorum: m.council_structure_part_quorum,
	notice: m.council_structure_part_notice,
	convening: m.council_structure_part_convening,
	voting: m.council_structure_part_voting,
	election: m.council_structure_part_election,
	written: m.council_structure_part_written,
	remote: m.council_structure_part_remote,
	minutes: m.council_structure_part_minutes,
	membership: m.council_structure_part_membership,
	chair: m.council_structure_part_chair,
	attendance: m.council_structure_part_attendance,
	publicness: m.council_structure_part_publicness,
	bias: m.council_structure_part_bias,
};

const LABELS: Record<string, () => string> = {
	'quorum.rule': m.council_structure_f_quorum_rule,
	'quorum.base': m.council_structure_f_quorum_base,
	'quorum.presumedUntilChallenged': m.council_structure_f_quorum_presumed,
	'quorum.secondConvening': m.council_structure_f_quorum_second,
	'notice.days': m.council_structure_f_notice_days,
	'notice.counting': m.council_structure_f_notice_counting,
	'notice.urgentShortNotice': m.council_structure_f_notice_urgent,
	'convening.share.0': m.council_structure_f_convening_numerator,
	'convening.share.1': m.council_structure_f_convening_denominator,
	'convening.singleAfterMonths': m.council_structure_f_convening_months,
	'voting.standard.kind': m.council_structure_f_voting_standard,
	'voting.standard.of': m.council_structure_f_voting_standard_of,
	'voting.urgentItem.kind': m.council_structure_f_voting_urgent,
	'voting.urgentItem.of': m.council_structure_f_voting_urgent_of,
	'voting.rollCallAskers': m.council_structure_f_voting_rollcall,
	'voting.secretAskers': m.council_structure_f_voting_secret,
	'voting.unanimousWithAbstentions': m.council_structure_f_voting_unanimous,
	'election.secretDefault': m.council_structure_f_election_secret,
	'election.openIfNobodyObjects': m.council_structure_f_election_open,
	'election.singleCandidateOnce': m.council_structure_f_election_single,
	'election.ledBy': m.council_structure_f_election_led,
	'written.mode': m.council_structure_f_written_mode,
	'written.consent.0': m.council_structure_f_written_numerator,
	'written.consent.1': m.council_structure_f_written_denominator,
	'written.days': m.council_structure_f_written_days,
	'remote.mode': m.council_structure_f_remote_mode,
	'remote.electionsAllowed': m.council_structure_f_remote_elections,
	'minutes.dueDays': m.council_structure_f_minutes_due,
	'minutes.signers': m.council_structure_f_minutes_signers,
	'minutes.preliminaryPublication': m.council_structure_f_minutes_preliminary,
	'membership.end': m.council_structure_f_membership_end,
	'membership.mandateLost': m.council_structure_f_membership_mandate,
	'membership.groupLeft': m.council_structure_f_membership_group,
	chairIsCommissioner: m.council_structure_f_chair,
	'attendance.unexcused': m.council_structure_f_attendance_count,
	'attendance.withinMonths': m.council_structure_f_attendance_months,
	'attendance.consequence': m.council_structure_f_attendance_consequence,
	publicness: m.council_structure_f_publicness,
	agendaInSession: m.council_structure_f_agenda,
};

const VALUES: Record<string, () => string> = {
	moreThanHalf: m.council_structure_v_moreThanHalf,
	half: m.council_structure_v_half,
	third: m.council_structure_v_third,
	actualVotingMembers: m.council_structure_v_actual,
	statutoryVotingMembers: m.council_structure_v_statutory,
	fullDaysBetween: m.council_structure_v_fullDays,
	sameWeekday: m.council_structure_v_sameWeekday,
	simple: m.council_structure_v_simple,
	absolute: m.council_structure_v_absolute,
	twoThirds: m.council_structure_v_twoThirds,
	fourFifths: m.council_structure_v_fourFifths,
	votesCast: m.council_structure_v_votesCast,
	present: m.council_structure_v_present,
	seats: m.council_structure_v_seats,
	majorityOfPresent: m.council_structure_v_majorityOfPresent,
	majorityOfVotes: m.council_structure_v_majorityOfVotes,
	mostVotes: m.council_structure_v_mostVotes,
	all: m.council_structure_v_all,
	topTwo: m.council_structure_v_topTwo,
	oldest: m.council_structure_v_oldest,
	outgoingChair: m.council_structure_v_outgoingChair,
	mayor: m.council_structure_v_mayor,
	off: m.council_structure_v_off,
	silentUnlessObjection: m.council_structure_v_silent,
	consentQuorum: m.council_structure_v_consent,
	emergencyOnly: m.council_structure_v_emergency,
	hybrid: m.council_structure_v_hybrid,
	video: m.council_structure_v_video,
	chair: m.council_structure_v_chair,
	minuteTaker: m.council_structure_v_minuteTaker,
	office: m.council_structure_v_office,
	member: m.council_structure_v_member,
	untilNewBodyConstituted: m.council_structure_v_untilConstituted,
	councilTerm: m.council_structure_v_councilTerm,
	ends: m.council_structure_v_ends,
	staysUntilConstitution: m.council_structure_v_staysUntil,
	stays: m.council_structure_v_stays,
	groupMayReplace: m.council_structure_v_groupMayReplace,
	reminder: m.council_structure_v_reminder,
	hearing: m.council_structure_v_hearing,
	recallProposal: m.council_structure_v_recall,
	public: m.council_structure_v_public,
	closed: m.council_structure_v_closed,
	yes: m.council_structure_v_yes,
	no: m.council_structure_v_no,
	'': m.council_structure_v_none,
};

export function ruleSection(rule: string): string {
	return SECTIONS[rule]?.() ?? rule;
}

/** Label of a value of the profile; rounds of elections are numbered. */
export function ruleLabel(path: string): string {
	const round = /^election\.rounds\.(\d)\.(win|candidates)$/.exec(path);
	if (round)
		return round[2] === 'win'
			? m.council_structure_f_round_win({ number: String(Number(round[1]) + 1) })
			: m.council_structure_f_round_candidates({ number: String(Number(round[1]) + 1) });
	return LABELS[path]?.() ?? path;
}

/** A value in words; figures stay figures. */
export function ruleValue(_path: string, value: string): string {
	return value
		.split(',')
		.map((one) => VALUES[one]?.() ?? one)
		.join(', ');
}
