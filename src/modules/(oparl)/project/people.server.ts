import { sql } from 'kysely';
import type { Db } from '#kernel/db/scope.ts';
import { TODAY } from './day.server.ts';
import { told } from './deep.ts';
import { known } from './known.ts';
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
	posts: string[];
	votingSeats: number | null;
	allSeats: number | null;
	seats: SeatSource[];
	advisory: boolean | null;
	purpose: string | null;
	terms: { id: string; name: string; from: string | null; until: string | null }[];
}

interface SeatSource {
	number: number;
	kind: string;
	label: string;
	voting: boolean;
	organisation: string | null;
	appointedBy: string;
	startDate: string;
	until: string | null;
	holders: { membership: string; startDate: string; until: string | null }[];
}

/** A public organisation, and of a council body its terms (OParl: legislative terms). */
export async function organisationNodes(db: Db, id: string): Promise<Node[]> {
	const { rows } = await sql<{ source: OrganisationSource }>`select row_to_json(v) as source from (select o.id, o.name,
		o.short_name as "shortName", o.organisation_type as type, o.classification, o.start_date as "from", o.until_date as until,
		o.created_at as created, cb.slug, cb.advisory, cb.purpose,
		coalesce((select json_agg(distinct x.post) from registry.membership x where x.body_id = o.body_id and x.organisation_id = o.id
			and x.post is not null and ${known('membership', 'x.body_id', 'x.id')}), '[]') as posts,
		${SEATS_NOW(sql`and s.voting`)} as "votingSeats", ${SEATS_NOW(sql``)} as "allSeats",
		coalesce((select json_agg(json_build_object('number', s.number, 'kind', s.kind, 'label', s.label, 'voting', s.voting,
			'organisation', case when ${known('organisation', 's.body_id', 's.organisation_id')} then s.organisation_id end,
			'appointedBy', s.appointed_by, 'startDate', s.from_date, 'until', s.until_date,
			'holders', coalesce((select json_agg(json_build_object('membership', x.id, 'startDate', f.from_date, 'until', f.until_date)
				order by f.from_date) from council.seat_filling f join registry.membership x on x.body_id = f.body_id
				and x.id = f.membership_id and ${known('membership', 'x.body_id', 'x.id')} where f.body_id = s.body_id and f.seat_id = s.id), '[]'))
			order by s.number, s.from_date) from council.seat s where s.body_id = o.body_id and s.council_body_id = cb.id), '[]') as seats,
		case when ${known('organisation', 'o.body_id', 'o.parent_id')} then o.parent_id end as parent,
		coalesce((select json_agg(x.id order by x.id) from registry.membership x where x.body_id = o.body_id
			and x.organisation_id = o.id and ${known('membership', 'x.body_id', 'x.id')}), '[]') as memberships,
		coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'from', t.from_date, 'until', t.until_date) order by t.from_date, t.id)
			from council.term t where t.body_id = o.body_id and t.council_body_id = o.id and t.from_date is not null), '[]') as terms
		from registry.organisation o left join council.council_body cb on cb.body_id = o.body_id and cb.id = o.id
		where o.body_id = kernel.current_body() and o.id = ${id} and ${known('organisation', 'o.body_id', 'o.id')}) v`.execute(
		db,
	);
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
			post: postsOf(source.posts),
			memberCount: source.slug ? source.allSeats : undefined,
			votingMemberCount: source.slug ? source.votingSeats : undefined,
			membership: linksTo('Membership', source.memberships),
			'mitrat:advisory': source.advisory,
			'mitrat:purpose': plain(source.purpose),
			'mitrat:seat': seatsOf(source.seats),
			meeting: `${linkTo('Organization', source.id)}/meeting`,
			consultation: `${linkTo('Organization', source.id)}/consultation`,
			web: source.slug ? pageAt(`/gremien/${source.slug}`) : undefined,
		},
	};
	return [organisation, ...source.terms.map(termNode)];
}

/** The legal number: seats that the statute provides, as it stands (rulebook R2-22). */
const SEATS_NOW = (
	which: ReturnType<typeof sql>,
) => sql`(select nullif(count(*), 0)::int from council.seat s where s.body_id = o.body_id
	and s.council_body_id = o.id ${which} and s.from_date <= ${TODAY} and (s.until_date is null or s.until_date > ${TODAY}))`;

function postsOf(posts: readonly string[]): string[] | undefined {
	const words = Object.keys(POSTS).filter((post) => posts.includes(post));
	return words.length ? words.map((post) => POSTS[post]!) : undefined;
}

/** Seats with who held them, as the body's page shows them. */
function seatsOf(seats: readonly SeatSource[]): unknown {
	return told(
		seats.map(({ organisation, until, holders, ...seat }) => ({
			...seat,
			organization: organisation ? linkTo('Organization', organisation) : undefined,
			endDate: lastDay(until),
			holder: holders.map((one) => ({
				membership: linkTo('Membership', one.membership),
				startDate: one.startDate,
				endDate: lastDay(one.until),
			})),
		})),
	);
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
	offices: string[];
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
 * People whom the public knows, by id: who sits, or sat, in a public body (rulebook R8-12). Name and memberships, no address, no
 * telephone; whoever holds no public membership is not told.
 */
export async function personNodes(db: Db, ids: readonly string[]): Promise<Map<string, Node[]>> {
	const { rows } = await sql<{
		source: PersonSource;
	}>`select row_to_json(v) as source from (select p.id, p.given_name as given,
		p.family_name as family, p.affix, p.form_of_address as address, p.created_at as created,
		case when p.name_public then coalesce((select json_agg(distinct f.title) from registry.office_holding h
			join registry.office f on f.body_id = h.body_id and f.id = h.office_id where h.body_id = p.body_id and h.person_id = p.id
			and h.from_date <= ${TODAY} and (h.until_date is null or h.until_date > ${TODAY})
			and ${known('organisation', 'f.body_id', 'f.organisation_id')}), '[]') else '[]'::json end as offices,
		(select json_agg(line) from (select x.id, x.organisation_id as organisation, x.kind, x.post, x.role_label as label,
			x.voting_right as voting, x.from_date as "from", x.until_date as until, case when ${known('organisation', 'x.body_id', 'x.on_behalf_of_id')} then x.on_behalf_of_id end as behalf
			from registry.membership x
			where x.body_id = p.body_id and x.person_id = p.id and ${known('membership', 'x.body_id', 'x.id')} order by x.from_date, x.id) line) as memberships
		from registry.person p where p.body_id = kernel.current_body() and p.id = any (${ids}::uuid[])) v
		where v.memberships is not null`.execute(db);
	return new Map(rows.map(({ source }) => [source.id, nodesOfPerson(source)]));
}

function nodesOfPerson(source: PersonSource): Node[] {
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
				...titleOf(source.affix),
				status: source.offices.length ? source.offices : undefined,
				formOfAddress: plain(source.address),
			},
			inside: { membership: source.memberships.map((one) => membershipNode(source.id, one)) },
		},
	];
}

/** Academic titles are one thing in OParl, other additions to a name another; the register has them in one field. */
function titleOf(affix: string): { title?: string[]; affix?: string } {
	const words = plain(affix);
	if (!words) return {};
	return /^(Prof|Dr|Dipl|Mag|PD|apl|Lic)\b/.test(words) ? { title: [words] } : { affix: words };
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

/** A place of the register where a public session was, or is to be. */
export async function placeNodes(db: Db, id: string): Promise<Node[]> {
	const row = await db
		.selectFrom('registry.place')
		.selectAll()
		.where('id', '=', id)
		.where(sql<boolean>`oparl.knows_place(body_id, id)`)
		.executeTakeFirst();
	if (!row) return [];
	const properties = {
		description: plain(row.name),
		room: plain(row.room),
		streetAddress: plain(row.street),
		postalCode: plain(row.postcode),
		locality: plain(row.locality),
		'mitrat:accessibility': plain(row.accessibility),
	};
	return [{ type: 'Location', id, created: null, properties }];
}
