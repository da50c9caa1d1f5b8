import { Forbidden, NotFound } from '../errors.ts';
import { permissionOf } from '../module.ts';

/** A role on a date, as a module's records give it. `organisationId` narrows it to one council body or department. */
export interface Grant {
	role: string;
	organisationId: string | null;
	personId: string;
}

/** Who asks. A visitor has no account and no grants; a program run by the operator has every right. */
export interface Actor {
	kind: 'visitor' | 'person' | 'operator' | 'system';
	accountId: string | null;
	personId: string | null;
	/** How the page greets this person; null for visitors. */
	name: string | null;
	grants: readonly Grant[];
	/** When the session of a person who is signed in ends, whatever happens until then. */
	sessionEnds?: Temporal.Instant;
}

export const VISITOR: Actor = Object.freeze({
	kind: 'visitor',
	accountId: null,
	personId: null,
	name: null,
	grants: [],
});

/** The command line and the demonstration loader: whoever runs them holds the database anyway. */
export const OPERATOR: Actor = Object.freeze({
	kind: 'operator',
	accountId: null,
	personId: null,
	name: null,
	grants: [],
});

/** Scheduled jobs act for nobody. */
export const SYSTEM: Actor = Object.freeze({ kind: 'system', accountId: null, personId: null, name: null, grants: [] });

/**
 * May this actor do that? A grant for the whole town counts everywhere; one for an organisation only there, so a
 * question without `organisationId` is answered yes if the actor holds the role anywhere.
 * @throws Error when no module declares the permission (a typing error must not open or close a door silently)
 */
export function may(actor: Actor, permission: string, organisationId?: string | null): boolean {
	const { roles } = permissionOf(permission);
	if (roles.includes('everyone')) return true;
	if (actor.kind === 'operator' || actor.kind === 'system') return true;
	return actor.grants.some(
		(grant) =>
			roles.includes(grant.role) &&
			(!organisationId || grant.organisationId === null || grant.organisationId === organisationId),
	);
}

/**
 * First line of every command and of every query on non-public records.
 * @throws NotFound for visitors (strangers learn nothing), Forbidden for people who are signed in
 */
export function demand(actor: Actor, permission: string, organisationId?: string | null): void {
	if (may(actor, permission, organisationId)) return;
	throw actor.kind === 'visitor' ? new NotFound() : new Forbidden(permission);
}
