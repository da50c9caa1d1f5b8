import { sql } from 'kysely';
import type { Audience } from '#kernel/changes/audience.ts';
import type { Db } from '#kernel/db/scope.ts';
import type { KindDeclaration, TouchedObject } from '#kernel/module.ts';
import type { SearchDocument } from '#kernel/search/document.ts';

/**
 * People are found by the seats that they hold today, as the bodies' pages show them, and by nothing else: one entry for each seat, which
 * leads to its body (rulebook R8-12). An entry has the id of its membership, and is seen by whom the body's page is for.
 */
export const memberKinds: Record<string, KindDeclaration> = {
	'council.member': {
		audience: async (db, id): Promise<Audience> => (await memberDocuments(db, [id])).get(id)?.audience ?? 'none',
		searchDocument: async (db, id) => (await memberDocuments(db, [id])).get(id) ?? null,
		searchDocuments: memberDocuments,
		label: 'council_search_members',
	},
};

/** The seats that a write may have changed: touched themselves, or their body or its name. A corrected name touches the bodies. */
export async function membersTouched(db: Db, touched: readonly TouchedObject[]): Promise<TouchedObject[]> {
	const idsOf = (...kinds: string[]) => touched.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
	const seats = idsOf('registry.membership');
	const bodies = idsOf('council.councilBody', 'registry.organisation');
	if (!seats.length && !bodies.length) return [];
	// what was removed is no membership any more, but may still be found
	const { rows } = await sql<{ id: string }>`
		select unnest(${seats}::uuid[]) as id
		union select m.id from registry.membership m
		where m.body_id = kernel.current_body() and m.organisation_id = any (${bodies}::uuid[])`.execute(db);
	return rows.map(({ id }) => ({ kind: 'council.member', id }));
}

/** By id. One query. */
async function memberDocuments(db: Db, ids: readonly string[]): Promise<Map<string, SearchDocument>> {
	const { rows } = await sql<{
		id: string;
		council: string;
		slug: string;
		body: string;
		visibility: 'public' | 'members';
		name: string;
		group: string;
	}>`
		select m.id, cb.id as council, cb.slug, o.name as body, cb.visibility,
			concat_ws(' ', nullif(p.affix, ''), p.given_name, p.family_name) as name, coalesce(g.name, '') as "group"
		from registry.membership m
		join council.council_body cb on cb.body_id = m.body_id and cb.id = m.organisation_id
		join registry.organisation o on o.body_id = m.body_id and o.id = m.organisation_id
		join registry.person p on p.body_id = m.body_id and p.id = m.person_id
		left join registry.organisation g on g.body_id = m.body_id and g.id = m.on_behalf_of_id
		where m.body_id = kernel.current_body() and m.id = any (${ids}::uuid[])
			and m.kind = 'member' and m.from_date is not null and m.until_date is null`.execute(db);
	return new Map(
		rows.map(({ id, council, slug, body, visibility, name, group }) => [
			id,
			{
				kind: 'council.member',
				id,
				audience: visibility,
				organisationId: council,
				language: 'de',
				title: name,
				keywords: [body, group].filter(Boolean),
				body: '',
				href: `/gremien/${slug}`,
				date: null,
				facets: { body },
			},
		]),
	);
}
