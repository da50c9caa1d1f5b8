import { ReadableStream } from 'node:stream/web';
import { VISITOR } from '#kernel/access/actor.ts';
import { NotFound } from '#kernel/errors.ts';
import { csvChunks, jsonChunks, odsChunks } from '#kernel/http/open-table.ts';
import { chosenLicence } from '../../licence.server.ts';
import { licenceOf } from '../../licence.ts';
import { ROWS } from '../../rows/index.server.ts';
import { COLUMNS, MEDIA, readFileName } from '../../sets.ts';
import { describedColumns, SET_WORDS } from '../../words.ts';
import type { RequestHandler } from './$types';

/** A table of public records in one of three forms, sent while it is read: as large as the records are, never in memory. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const asked = readFileName(params.datei);
	if (!asked) throw new NotFound('table');
	const ctx = { ...locals.ctx, actor: VISITOR };
	const { set, format } = asked;
	const rows = ROWS[set](ctx, url.origin);
	const { uri: licence } = licenceOf(format === 'json' ? await chosenLicence(ctx) : null);
	const chunks = {
		csv: () => csvChunks(COLUMNS[set], rows),
		ods: () => odsChunks(SET_WORDS[set].title(), COLUMNS[set], rows),
		json: () =>
			jsonChunks(
				{
					title: SET_WORDS[set].title(),
					description: SET_WORDS[set].says(),
					publisher: ctx.body.name,
					licence,
					made: ctx.now.round('second').toString(),
				},
				describedColumns(set) as unknown as (typeof COLUMNS)[typeof set],
				rows,
			),
	}[format]();
	return new Response(ReadableStream.from(chunks) as unknown as BodyInit, {
		headers: {
			'content-type': MEDIA[format],
			'content-disposition': `${format === 'json' ? 'inline' : 'attachment'}; filename="${params.datei}"`,
			'access-control-allow-origin': '*',
			'cache-control': 'public, max-age=300',
		},
	});
};
