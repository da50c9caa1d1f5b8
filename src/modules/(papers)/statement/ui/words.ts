import * as m from '#messages';
import { isolated } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { Recommendation } from '../schema.ts';
import type { CoSignState, StatementState } from '../rules/steps.ts';
import type { PublicStage } from '../view.ts';

const RECOMMENDATIONS: Record<Recommendation, () => string> = {
	adopt: m.papers_statement_rec_adopt,
	adoptChanged: m.papers_statement_rec_adopt_changed,
	reject: m.papers_statement_rec_reject,
	alreadyDone: m.papers_statement_rec_done,
	counterProposal: m.papers_statement_rec_counter,
};

export function recommendationWord(recommendation: Recommendation): string {
	return RECOMMENDATIONS[recommendation]();
}

/** How the administration answers, in two or three words: "Ablehnung, Gegenvorschlag". */
export function answerWord(recommendation: Recommendation | null, counter: boolean): string {
	if (!recommendation) return m.papers_statement_rec_none();
	const word = recommendationWord(recommendation);
	return counter && recommendation !== 'counterProposal' ? m.papers_statement_rec_with({ recommendation: word }) : word;
}

export function stageWord(stage: PublicStage): string {
	return {
		requested: m.papers_statement_stage_requested,
		inWork: m.papers_statement_stage_work,
		published: m.papers_statement_stage_published,
		stopped: m.papers_statement_stage_stopped,
	}[stage]();
}

export function stateWord(state: StatementState): string {
	return {
		requested: m.papers_statement_stage_requested,
		drafting: m.papers_statement_state_drafting,
		coSigning: m.papers_statement_state_cosigning,
		approval: m.papers_statement_state_approval,
		approved: m.papers_statement_state_approved,
		published: m.papers_statement_stage_published,
		stopped: m.papers_statement_stage_stopped,
	}[state]();
}

export function coSignWord(state: CoSignState): string {
	return {
		waiting: m.papers_statement_cosign_waiting,
		asked: m.papers_statement_cosign_asked,
		agreed: m.papers_statement_cosign_agreed,
		agreedWithRemarks: m.papers_statement_cosign_remarks,
		refused: m.papers_statement_cosign_refused,
		notAffected: m.papers_statement_cosign_not_affected,
		outdated: m.papers_statement_cosign_outdated,
		passedOver: m.papers_statement_cosign_passed_over,
	}[state]();
}

export function coSignTone(state: CoSignState): '' | 'good' | 'warn' | 'bad' {
	if (state === 'agreed' || state === 'notAffected') return 'good';
	if (state === 'refused') return 'bad';
	return state === 'agreedWithRemarks' || state === 'passedOver' ? 'warn' : '';
}

/** A step of the chain, with the department it concerns. */
export function stepWord(kind: string, organisation: string | null, locale: Locale): string {
	const department = isolated(organisation ?? '', locale);
	switch (kind) {
		case 'requested':
			return m.papers_statement_stage_requested();
		case 'coSigned':
			return m.papers_statement_step_cosigned({ department });
		case 'approved':
			return m.papers_statement_step_approved();
		case 'published':
			return m.papers_statement_stage_published();
		case 'assigned':
			return m.papers_statement_step_assigned({ department });
		case 'begun':
			return m.papers_statement_step_begun();
		case 'coSignAsked':
			return m.papers_statement_step_cosign_asked();
		case 'coSignTakenBack':
			return m.papers_statement_step_cosign_back({ department });
		case 'handed':
			return m.papers_statement_step_handed();
		case 'returned':
			return m.papers_statement_step_returned();
		case 'stopped':
			return m.papers_statement_stage_stopped();
		case 'resumed':
			return m.papers_statement_step_resumed();
		case 'dueSet':
			return m.papers_statement_step_due();
		default:
			return m.papers_statement_step_papers();
	}
}
