import { may, type Actor } from '#kernel/access/actor.ts';

/** What decides whose task it is. */
export interface TaskOwner {
	/** Everybody it was given to, the first one and further ones. */
	personIds: (string | null)[];
	organisationIds: (string | null)[];
	councilBodyId: string;
}

/**
 * Whose task it is: each person it was given to, a contact of each department, and whoever runs the council body.
 * The same rule decides about reporting it done and about taking that back.
 */
export function mayFinish(actor: Actor, task: TaskOwner): boolean {
	if (may(actor, 'council.edit', task.councilBodyId)) return true;
	if (actor.personId && task.personIds.includes(actor.personId)) return true;
	return departmentsOf(actor).some((id) => task.organisationIds.includes(id));
}

/** Departments and organisations that this actor answers for. */
export function departmentsOf(actor: Actor): string[] {
	return actor.grants.flatMap(({ role, organisationId }) =>
		role === 'department' && organisationId ? [organisationId] : [],
	);
}

/** Days in which "done" can be taken back. */
export const UNDO_DAYS = 30;
