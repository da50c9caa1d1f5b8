import { may, type Actor } from '#kernel/access/actor.ts';

/** What decides whose task it is. */
export interface TaskOwner {
	personId: string | null;
	organisationId: string | null;
	councilBodyId: string;
}

/**
 * Whose task it is: the person it was given to, a contact of the department, and whoever runs the council body.
 * The same rule decides about reporting it done and about taking that back.
 */
export function mayFinish(actor: Actor, task: TaskOwner): boolean {
	if (may(actor, 'council.edit', task.councilBodyId)) return true;
	if (task.personId !== null && task.personId === actor.personId) return true;
	return departmentsOf(actor).includes(task.organisationId ?? '');
}

/** Departments and organisations that this actor answers for. */
export function departmentsOf(actor: Actor): string[] {
	return actor.grants.flatMap(({ role, organisationId }) =>
		role === 'department' && organisationId ? [organisationId] : [],
	);
}

/** Days in which "done" can be taken back. */
export const UNDO_DAYS = 30;
