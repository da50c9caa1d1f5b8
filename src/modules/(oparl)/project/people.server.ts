import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import { linkTo, linksTo, pageAt, plain, type Node } from './node.ts';

const ORGANISATION_TYPES: Record<string, string> = {
	committee: 'Gremium',
	party: 'Partei',
	group: 'Fraktion',
	department: 'Verwaltungsbereich',
	external: 'externes Gremium',
	institution: 'Institution',
	other: 'Sonstiges',
};

const POSTS: Record<string, string> = {
	chair: 'Vorsitz',
	deputyChair: 'stellvertretender Vorsitz',
	board: 'Vorstand',
	managingOffice: 'Geschäftsführung',
	speaker: 'Sprecherin oder Sprecher',
};
const KINDS: Record<string, string> = {
	member: 'Mitglied',
	substitute: 'Vertretung',
	advisory: 'beratendes Mitglied',
};

interface OrganisationSource {
	id: string;
	name: string;
	shortName: string;
	type: string;
	classification: string;
	parent: string | null;
	from: string | null;
	until: string | null;
	created: string;
	slug: string | null;
	memberships: string[];
	terms: { id: string; name: string; from: string | null; until: string | null }[];
}

/** A public organisation, and of a council body its terms (OParl: legislative terms). */
export async function organisationNodes(db: Db, id: string): Promise<Node[]> {
	const { rows } = await sql<{ source: OrganisationSource }>`select row_to_json(v) as source from (select o.id, o.name,
		o.short_name as "shortName", o.organisation_type as type, o.classification, o.start_date as "from", o.until_date as until,
		o.created_at as created, cb.slug,
		case when oparl.knows_organisation(o.body_id, o.parent_id) then o.parent_id end as parent,
		coalesce((select json_agg(x.id order by x.id) from registry.membership x where x.body_id = o.body_id
			and x.organisation_id = o.id and oparl.knows_membership(x)), '[]') as memberships,
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'from', t.from_date, 'until', t.until_date) order by t.from_date, t.id)
			from council.term t where t.body_id = o.body_id and t.council_body_id = o.id and t.from_date is not null), '[]') as terms
		from registry.organisation o left join council.council_body cb on cb.body_id = o.body_id and cb.id = o.id
		where o.body_id = kernel.current_body() and o.id = ${id} and oparl.knows_organisation(o.body_id, o.id)) v`.execute(db);
	const source = rows[0]?.source;
	if (!source) return [];
	const organisation: Node = {
		type: 'Organization',
		id: source.id,
		created: Temporal.Instant.from(source.created),
		properties: {
			name: plain(source.name),
			shortName: plain(source.shortName),
			organizationType: ORGANISATION_TYPES[source.type],
			classification: plain(source.classification),
			subOrganizationOf: source.parent ? linkTo('Organization', source.parent) : undefined,
			startDate: source.from ?? undefined,
			endDate: lastDay(source.until),
			membership: linksTo('Membership', source.memberships),
			meeting: `${linkTo('Organization', source.id)}/meeting`,
			consultation: `${linkTo('Organization', source.id)}/consultation`,
			web: source.slug ? pageAt(`/gremien/${source.slug}`) : undefined,
		},
	};
	return [organisation, ...source.terms.map(termNode)];
}

function termNode({ id, name, from, until }: OrganisationSource['terms'][number]): Node {
	const properties = { name: plain(name), startDate: from ?? undefined, endDate: lastDay(until) };
	return { type: 'LegislativeTerm', id, created: null, properties };
}

interface PersonSource {
	id: string;
	given: string;
	family: string;
	affix: string;
	address: string;
	created: string;
	memberships: {
		id: string;
		organisation: string;
		kind: string;
		post: string | null;
		label: string;
		voting: boolean;
		from: string;
		until: string | null;
		behalf: string | null;
	}[];
}

/**
 * A person whom the public knows: who sits, or sat, in a public body (rulebook R8-12). Name and memberships, no address, no
 * telephone; whoever holds no public membership is not told.
 */
export async function personNodes(db: Db, id: string): Promise<Node[]> {
	const { rows } = await sql<{
		source: PersonSource;
	}>`select row_to_json(v) as source from (select p.id, p.given_name as given,
		p.family_name as family, p.affix, p.form_of_address as address, p.created_at as created,
		(select json_agg(line) from (select x.id, x.organisation_id as organisation, x.kind, x.post, x.role_label as label,
			x.voting_right as voting, x.from_date as "from", x.until_date as until, case when oparl.knows_organisation(x.body_id, x.on_behalf_of_id) then x.on_behalf_of_id end as behalf
			from registry.membership x
			where x.body_id = p.body_id and x.person_id = p.id and oparl.knows_membership(x) order by x.from_date, x.id) line) as memberships
		from registry.person p where p.body_id = kernel.current_body() and p.id = ${id}) v
		where v.memberships is not null`.execute(db);
	const source = rows[0]?.source;
	if (!source) return [];
	const name = [source.affix, source.given, source.family].filter(Boolean).join(' ');
	return [
		{
			type: 'Person',
			id: source.id,
			created: Temporal.Instant.from(source.created),
			properties: {
				name: plain(name),
				familyName: plain(source.family),
				givenName: plain(source.given),
				affix: plain(source.affix),
				formOfAddress: plain(source.address),
			},
			inside: { membership: source.memberships.map((one) => membershipNode(source.id, one)) },
		},
	];
}

function membershipNode(person: string, one: PersonSource['memberships'][number]): Node {
	return {
		type: 'Membership',
		id: one.id,
		created: null,
		properties: {
			person: linkTo('Person', person),
			organization: linkTo('Organization', one.organisation),
			role: one.label || (one.post ? POSTS[one.post] : undefined) || KINDS[one.kind],
			votingRight: one.voting,
			startDate: one.from,
			endDate: lastDay(one.until),
			onBehalfOf: one.behalf ? linkTo('Organization', one.behalf) : undefined,
		},
	};
}

/** OParl names the last day, the register the first that no longer counts. */
function lastDay(until: string | null): string | undefined {
	return until ? Temporal.PlainDate.from(until).subtract({ days: 1 }).toString() : undefined;
}

/** A place of the register. */
export async function placeNodes(db: Db, id: string): Promise<Node[]> {
	const row = await db.selectFrom('registry.place').selectAll().where('id', '=', id).executeTakeFirst();
	if (!row) return [];
	const properties = {
		description: plain(row.name),
		room: plain(row.room),
		streetAddress: plain(row.street),
		postalCode: plain(row.postcode),
		locality: plain(row.locality),
	};
	return [{ type: 'Location', id, created: null, properties }];
}
