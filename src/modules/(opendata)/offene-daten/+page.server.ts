import { inLocale } from '#kernel/i18n/locales.ts';
import { licenceOf } from '../licence.ts';
import { FORMATS, SETS } from '../sets.ts';
import { describedColumns, SET_WORDS } from '../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => ({
	licence: licenceOf(ctx.body.settings),
	sets: SETS.map((id) => ({
		id,
		title: SET_WORDS[id].title(),
		says: SET_WORDS[id].says(),
		files: FORMATS.map((format) => ({ format, href: inLocale(`/offene-daten/${id}.${format}`, 'de') })),
		columns: describedColumns(id),
	})),
});
