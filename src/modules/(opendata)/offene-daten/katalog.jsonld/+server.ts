import { sql } from 'kysely';
import { generated } from '#kernel/http/generated.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import * as m from '#messages';
import { catalogue } from '../../catalogue.ts';
import { chosenLicence } from '../../licence.server.ts';
import { licenceOf } from '../../licence.ts';
import { SETS, type SetId } from '../../sets.ts';
import { SET_WORDS } from '../../words.ts';
import type { RequestHandler } from './$types';

/** The tables as a catalogue for open data portals (DCAT-AP.de), in German whatever language the address has. */
export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { rows } = await sql<{ at: string | null }>`select to_json(c.at)#>>'{}' as at from kernel.change c
		where c.body_id = ${ctx.body.id} and c.audience = 'public' order by c.seq desc limit 1`.execute(ctx.db);
	const licence = licenceOf(await chosenLicence(ctx));
	const words = inLanguage('de', () => ({
		title: `${m.opendata_title()} · ${ctx.body.name}`,
		says: m.opendata_lead(),
		sets: Object.fromEntries(
			SETS.map((id) => [id, { title: SET_WORDS[id].title(), says: SET_WORDS[id].says() }]),
		) as Record<SetId, { title: string; says: string }>,
		modified: rows[0]?.at ?? null,
		licence,
	}));
	return generated(
		JSON.stringify(catalogue(ctx.body, url.origin, words), null, '\t'),
		'application/ld+json',
		'katalog.jsonld',
	);
};
