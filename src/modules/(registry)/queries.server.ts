import type { Ctx } from '#kernel/ctx.ts';
import { demand } from '#kernel/access/actor.ts';
import { fullName } from './names.ts';

export interface KnownPerson {
	id: string;
	name: string;
}

export interface KnownOrganisation {
	id: string;
	name: string;
	shortName: string;
	type: string;
	classification: string;
}

/** Everybody in the register by name; for recognising people in old documents. */
export async function knownPersons(ctx: Ctx): Promise<KnownPerson[]> {
	demand(ctx.actor, 'registry.read');
	const rows = await ctx.db
		.selectFrom('registry.person')
		.select(['id', 'affix', 'given_name', 'family_name'])
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: fullName({ affix: row.affix, given: row.given_name, family: row.family_name }),
	}));
}

/** Every organisation in the register, council bodies and groups among them. */
export async function knownOrganisations(ctx: Ctx): Promise<KnownOrganisation[]> {
	demand(ctx.actor, 'registry.read');
	const rows = await ctx.db
		.selectFrom('registry.organisation')
		.select(['id', 'name', 'short_name', 'organisation_type', 'classification'])
		.execute();
	return rows.map(({ short_name, organisation_type, ...row }) => ({
		...row,
		shortName: short_name,
		type: organisation_type,
	}));
}

/** Everybody who can sign in here, by name: to whom something can be handed over. */
export async function peopleWhoSignIn(ctx: Ctx): Promise<KnownPerson[]> {
	demand(ctx.actor, 'registry.read');
	const rows = await ctx.db
		.selectFrom('registry.person')
		.select(['id', 'affix', 'given_name', 'family_name'])
		.where('account_id', 'is not', null)
		.orderBy('family_name')
		.orderBy('given_name')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: fullName({ affix: row.affix, given: row.given_name, family: row.family_name }),
	}));
}
