/** What became of a recommendation at the body it went to (rulebook R3-26). Pure; days are ISO texts. */

export type TreatmentKind = 'received' | 'forwarded' | 'dealtWith' | 'answered';
export type TreatmentStage = 'sent' | 'received' | 'dealtWith' | 'answered' | 'closed';

export interface TraceStep {
	kind: TreatmentKind;
	/** ISO day. */
	on: string;
}

/** How far it is: the furthest step counts, whatever order they were entered in. Handed on, it was received. */
export function stageOf(steps: readonly TraceStep[], closed: boolean): TreatmentStage {
	if (steps.some(({ kind }) => kind === 'answered')) return 'answered';
	if (closed) return 'closed';
	if (steps.some(({ kind }) => kind === 'dealtWith')) return 'dealtWith';
	return steps.length ? 'received' : 'sent';
}

/** Nobody answered by the day: that it was dealt with is no answer. */
export function isOverdue(stage: TreatmentStage, dueOn: string, today: string): boolean {
	return stage !== 'answered' && stage !== 'closed' && dueOn < today;
}

/** In the order of days; of one day in the order of the course. */
export function inOrder<T extends TraceStep>(steps: readonly T[]): T[] {
	const order: TreatmentKind[] = ['received', 'forwarded', 'dealtWith', 'answered'];
	return [...steps].sort((a, b) => a.on.localeCompare(b.on) || order.indexOf(a.kind) - order.indexOf(b.kind));
}
