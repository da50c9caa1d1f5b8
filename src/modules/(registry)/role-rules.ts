/**
 * From what the city's own sign-in says of a person to the working roles that follow. Rules are read in their order; a rule
 * gives its role to whoever it fits, and one that stops is the last that such a person is asked by. Nothing here is elected:
 * memberships, chairs and offices are records of their own that no rule touches.
 */
import type { Duty } from './accounts.server.ts';

export interface RoleRule {
	id: string;
	claim: string;
	value: string;
	/** Null: no role; such a rule only stops. */
	duty: Duty | null;
	/** The council body or department it is narrowed to; null for the whole town. */
	organisationId: string | null;
	stops: boolean;
}

/** A rule before it has a place. */
export type NewRoleRule = Omit<RoleRule, 'id'>;

export interface Given {
	duty: Duty;
	organisationId: string | null;
}

export interface Reading {
	/** Ids of the rules that fit, in their order. */
	fits: string[];
	/** Each role once. */
	given: Given[];
	/** A claim was too large to be sent along (the provider only says where it could be asked): what is missing says nothing. */
	unknown: boolean;
}

/** Reads claims by rules in their order. */
export function readClaims(rules: readonly RoleRule[], claims: Record<string, unknown>): Reading {
	const reading: Reading = { fits: [], given: [], unknown: false };
	for (const { id, claim, value, duty, organisationId, stops } of rules) {
		const said = claimOf(claims, claim);
		if (said === undefined && isElsewhere(claims, claim)) reading.unknown = true;
		if (!holds(said, value)) continue;
		reading.fits.push(id);
		const known = reading.given.some((one) => one.duty === duty && one.organisationId === organisationId);
		if (duty && !known) reading.given.push({ duty, organisationId });
		if (stops) break;
	}
	return reading;
}

/** By its whole name first, which may have dots (`https://stadt.example/roles`), then as a path. */
function claimOf(claims: Record<string, unknown>, name: string): unknown {
	if (Object.hasOwn(claims, name)) return claims[name];
	return name.split('.').reduce<unknown>((at, part) => {
		const isObject = typeof at === 'object' && at !== null && !Array.isArray(at) && Object.hasOwn(at, part);
		return isObject ? (at as Record<string, unknown>)[part] : undefined;
	}, claims);
}

/** Spelled exactly, capitals too: names of groups are identifiers. */
function holds(said: unknown, value: string): boolean {
	if (Array.isArray(said)) return said.some((one) => !Array.isArray(one) && holds(one, value));
	return (typeof said === 'string' || typeof said === 'number' || typeof said === 'boolean') && String(said) === value;
}

/** Distributed claims (OpenID Connect Core 1.0, 5.6.2): Entra ID sends them where somebody is in too many groups. */
function isElsewhere(claims: Record<string, unknown>, name: string): boolean {
	const names = claims._claim_names;
	return typeof names === 'object' && names !== null && Object.hasOwn(names, name.split('.')[0]!);
}
