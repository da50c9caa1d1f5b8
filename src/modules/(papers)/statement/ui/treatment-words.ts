import * as m from '#messages';
import { isolated } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';

export function resultWord(result: string | null): string {
	switch (result) {
		case 'adopted':
			return m.papers_treatment_res_adopted();
		case 'adoptedChanged':
			return m.papers_treatment_res_changed();
		case 'rejected':
			return m.papers_treatment_res_rejected();
		case 'noted':
			return m.papers_treatment_res_noted();
		case 'postponed':
			return m.papers_treatment_res_postponed();
		default:
			return m.papers_treatment_res_none();
	}
}

/** A step of the trace in words. */
export function treatmentWord(
	step: { kind: string; organisation?: string | null; result?: string | null },
	locale: Locale,
): string {
	switch (step.kind) {
		case 'received':
			return m.papers_treatment_received();
		case 'forwarded':
			return m.papers_treatment_forwarded({ body: isolated(step.organisation ?? '', locale) });
		case 'dealtWith':
			return m.papers_treatment_dealt({ result: resultWord(step.result ?? null) });
		default:
			return m.papers_treatment_answered();
	}
}

/** How far it is, for lists: without the outcome. */
export function treatmentStage(stage: string): string {
	return (
		{
			sent: m.papers_treatment_sent,
			received: m.papers_treatment_received,
			dealtWith: m.papers_treatment_stage_dealt,
			answered: m.papers_treatment_answered,
			closed: m.papers_treatment_stage_closed,
		}[stage] ?? m.papers_treatment_sent
	)();
}
