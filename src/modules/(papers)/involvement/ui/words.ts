import * as m from '#messages';
import type { GateReason } from '../rules/gate.ts';
import type { Earliness } from '../rules/milestones.ts';
import type { Answer, Standing } from '../rules/standing.ts';
import type { Rate } from '../rules/statistic.ts';
import type { Form } from '../rules/triggers.ts';
import type { OmissionCode, TakenUp } from '../view.ts';

type Tone = '' | 'good' | 'warn' | 'bad' | 'here';

export const formWord = (form: Form): string =>
	({
		inform: m.papers_involvement_form_inform,
		consult: m.papers_involvement_form_consult,
		coSign: m.papers_involvement_form_co_sign,
	})[form]();

export const answerWord = (answer: Answer): string =>
	({
		agreed: m.papers_involvement_answer_agreed,
		agreedWithRemarks: m.papers_involvement_answer_remarks,
		refused: m.papers_involvement_answer_refused,
		notAffected: m.papers_involvement_answer_not_affected,
		abstainedBias: m.papers_involvement_answer_bias,
	})[answer]();

const STANDINGS: Record<Exclude<Standing, Answer>, [() => string, Tone]> = {
	waiting: [m.papers_involvement_standing_waiting, ''],
	open: [m.papers_involvement_standing_open, 'here'],
	noAnswer: [m.papers_involvement_standing_no_answer, 'warn'],
	outdated: [m.papers_involvement_standing_outdated, 'warn'],
	withdrawn: [m.papers_involvement_standing_withdrawn, ''],
	vacant: [m.papers_involvement_standing_vacant, 'warn'],
};

export function standingWord(standing: Standing): string {
	return standing in STANDINGS ? STANDINGS[standing as keyof typeof STANDINGS][0]() : answerWord(standing as Answer);
}

export function standingTone(standing: Standing): Tone {
	if (standing in STANDINGS) return STANDINGS[standing as keyof typeof STANDINGS][1];
	return standing === 'refused' ? 'bad' : standing === 'agreedWithRemarks' ? 'warn' : 'good';
}

export const omissionWord = (code: OmissionCode): string =>
	({
		notRelevant: m.papers_involvement_omission_not_relevant,
		urgent: m.papers_involvement_omission_urgent,
		forgotten: m.papers_involvement_omission_forgotten,
		technical: m.papers_involvement_omission_technical,
		other: m.papers_involvement_omission_other,
	})[code]();

export const takenUpWord = (takenUp: TakenUp): string =>
	({
		yes: m.papers_involvement_taken_up_yes,
		partly: m.papers_involvement_taken_up_partly,
		no: m.papers_involvement_taken_up_no,
	})[takenUp]();

export const earlinessWord = (earliness: Earliness): string =>
	({
		early: m.papers_involvement_early,
		late: m.papers_involvement_late,
		planned: m.papers_involvement_planned,
		unknown: m.papers_involvement_not_yet,
	})[earliness]();

export const gateWord = (reason: GateReason): string =>
	({
		notRelevant: m.papers_involvement_gate_not_relevant,
		noRule: m.papers_involvement_gate_no_rule,
		done: m.papers_involvement_gate_done,
		relevanceOpen: m.papers_involvement_gate_relevance_open,
		relevanceDiffers: m.papers_involvement_gate_relevance_differs,
		noMatter: m.papers_involvement_gate_no_matter,
		notRequested: m.papers_involvement_gate_not_requested,
		waiting: m.papers_involvement_gate_waiting,
		outdated: m.papers_involvement_gate_outdated,
	})[reason]();

export const halfYearWord = ({ half, year }: { half: 1 | 2; year: number }): string =>
	half === 1
		? m.papers_involvement_half_first({ year: String(year) })
		: m.papers_involvement_half_second({ year: String(year) });

export const inWords = ({ part, of, percent }: Rate): string =>
	percent === null
		? m.papers_involvement_stat_of_none()
		: m.papers_involvement_stat_of({ part: String(part), of: String(of), percent: String(percent) });

export const channelWord = (channel: 'phone' | 'mail' | 'letter' | 'inPerson' | 'video'): string =>
	({
		phone: m.papers_involvement_channel_phone,
		mail: m.papers_involvement_channel_mail,
		letter: m.papers_involvement_channel_letter,
		inPerson: m.papers_involvement_channel_person,
		video: m.papers_involvement_channel_video,
	})[channel]();
