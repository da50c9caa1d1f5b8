import { sql } from 'kysely';
import { licenceOf } from '#modules/opendata';
import type { Ctx } from '#kernel/ctx.ts';
import { linkTo, moment, tidy, pageAt, BASE, HERE, type OparlType } from '../project/node.ts';
import { MOST } from './window.ts';

const SCHEMA = 'https://schema.oparl.org/1.1';

/** One object as it stands, or its tombstone; null for what never was public. One query. */
export async function objectOf(ctx: Pick<Ctx, 'db'>, type: OparlType, id: string): Promise<string | null> {
	const row = await ctx.db
		.selectFrom('oparl.object')
		.select('document')
		.where('type', '=', type)
		.where('id', '=', id)
		.executeTakeFirst();
	return row?.document ?? null;
}

/** Where a client begins (OParl 1.1, 3.1). */
export function systemOf(ctx: Pick<Ctx, 'body'>): string {
	const { contact, openData } = ctx.body.settings;
	return JSON.stringify(
		tidy({
			id: `${HERE}${BASE}/system`,
			type: `${SCHEMA}/System`,
			oparlVersion: `${SCHEMA}/`,
			body: `${HERE}${BASE}/body`,
			name: ctx.body.name,
			license: licenceOf(openData?.licence).page,
			contactEmail: contact?.email,
			contactName: contact?.office,
			website: pageAt('/'),
			product: 'https://gitlab.opencode.de/mitrat/mitrat',
			web: pageAt('/'),
		}),
	);
}

/** The town (OParl 1.1, 3.2) with the addresses of its lists; its legislative terms stand inside. One query. */
export async function bodyOf(ctx: Pick<Ctx, 'db' | 'body'>, { brief = false } = {}): Promise<string> {
	const { id, name, shortName, ags, timeZone, settings } = ctx.body;
	const self = linkTo('Body', id);
	const main = settings.mainBodyId ?? null;
	const { rows } = await sql<{
		terms: string | null;
		created: Temporal.Instant;
		modified: Temporal.Instant;
		main: boolean;
		licence: string | null;
	}>`
		select (select string_agg(document, ',' order by id) from oparl.object
			where body_id = ${id} and type = 'LegislativeTerm' and not deleted) as terms, t.created_at as created,
		greatest(t.modified_at, (select max(modified) from oparl.object where body_id = ${id} and type = 'LegislativeTerm')) as modified,
		exists (select from oparl.object where body_id = ${id} and type = 'Organization' and id = ${main}::uuid and not deleted) as main,
		t.settings #>> '{openData,licence}' as licence
		from kernel.town t where t.id = ${id}`.execute(ctx.db);
	const { terms, created, modified, main: mainIsPublic, licence } = rows[0]!;
	const head = JSON.stringify(
		tidy({
			id: self,
			type: `${SCHEMA}/Body`,
			system: `${HERE}${BASE}/system`,
			name,
			shortName,
			ags: ags ?? undefined,
			website: pageAt('/'),
			license: licenceOf(licence).page,
			contactEmail: settings.contact?.email,
			contactName: settings.contact?.office,
			...Object.fromEntries(Object.entries(LISTS).map(([path, { property }]) => [property, `${self}/${path}`])),
			mainOrganization: main && mainIsPublic ? linkTo('Organization', main) : undefined,
			created: moment(created, timeZone),
			modified: moment(modified, timeZone),
			web: pageAt('/'),
		}),
	);
	return `${head.slice(0, -1)},"legislativeTerm":[${brief ? '' : (terms ?? '')}]}`;
}

/** The one town of this host, as a list. */
export async function bodies(ctx: Pick<Ctx, 'db' | 'body'>, brief: boolean): Promise<string> {
	const here = `${HERE}${BASE}/body`;
	const pagination = JSON.stringify({ totalElements: 1, elementsPerPage: MOST, totalPages: 1 });
	return `{"data":[${await bodyOf(ctx, { brief })}],"pagination":${pagination},"links":${JSON.stringify({ first: here, self: here })}}`;
}

/** The ten external lists of a body by their path; the property that names each (OParl 1.1, 3.2). */
export const LISTS: Record<string, { type: OparlType; property: string }> = {
	organization: { type: 'Organization', property: 'organization' },
	person: { type: 'Person', property: 'person' },
	meeting: { type: 'Meeting', property: 'meeting' },
	paper: { type: 'Paper', property: 'paper' },
	agendaitem: { type: 'AgendaItem', property: 'agendaItem' },
	consultation: { type: 'Consultation', property: 'consultation' },
	file: { type: 'File', property: 'file' },
	location: { type: 'Location', property: 'locationList' },
	legislativeterm: { type: 'LegislativeTerm', property: 'legislativeTermList' },
	membership: { type: 'Membership', property: 'membership' },
};
