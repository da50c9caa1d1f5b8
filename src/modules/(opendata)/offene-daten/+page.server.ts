import { inLocale } from '#kernel/i18n/locales.ts';
import { chosenLicence } from '../licence.server.ts';
import { licenceOf } from '../licence.ts';
import { FORMATS, SETS } from '../sets.ts';
import { describedColumns, SET_WORDS } from '../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	licence: licenceOf(await chosenLicence(ctx)),
	sets: SETS.map((id) => ({
		id,
		title: SET_WORDS[id].title(),
		says: SET_WORDS[id].says(),
		files: FORMATS.map((format) => ({ format, href: inLocale(`/offene-daten/${id}.${format}`, 'de') })),
		columns: describedColumns(id),
	})),
});
