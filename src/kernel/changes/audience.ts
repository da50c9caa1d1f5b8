import type { Actor } from '../access/actor.ts';

/**
 * Who may know that an object exists and changed: everybody; members of council bodies and the office; the office alone;
 * nobody (it is gone, or only its own page tells of it).
 */
export type Audience = 'public' | 'members' | 'office' | 'none';

type Closed = 'members' | 'office';

/** Roles that read what is meant for an audience; other roles (department, auditor …) read what is public. */
const READERS: Record<Closed, readonly string[]> = {
	members: ['member', 'chair', 'office'],
	office: ['office'],
};

/** What an actor may search, follow and be told of. */
export interface Sight {
	audiences: Exclude<Audience, 'none'>[];
	/**
	 * For documents of one council body: whose the actor reads; null means those of all. Members of one committee do not
	 * read the closed papers of another.
	 */
	organisations: Record<Closed, string[] | null>;
}

/** Programs and the operator see everything; people what their grants say. */
export function sightOf(actor: Actor): Sight {
	if (actor.kind === 'operator' || actor.kind === 'system') {
		return { audiences: ['public', 'members', 'office'], organisations: { members: null, office: null } };
	}
	const members = actor.grants.filter(({ role }) => READERS.members.includes(role));
	const office = actor.grants.filter(({ role }) => READERS.office.includes(role));
	const audiences: Sight['audiences'] = ['public'];
	if (members.length) audiences.push('members');
	if (office.length) audiences.push('office');
	return { audiences, organisations: { members: places(members), office: places(office) } };
}

function places(grants: readonly { organisationId: string | null }[]): string[] | null {
	if (grants.some(({ organisationId }) => organisationId === null)) return null;
	return [...new Set(grants.map(({ organisationId }) => organisationId!))];
}
