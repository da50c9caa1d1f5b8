import { join } from 'node:path';
import { sql } from 'kysely';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { readWaiting } from './commands/read.server.ts';
import { deskItems } from './desk.server.ts';
import { showsFile } from './queries/files.server.ts';
import { personal } from './personal.server.ts';

export const imports: ServerDeclaration = {
	id: 'import',
	migrations: { name: 'import', folder: join(projectRoot, 'src/modules/(import)/migrations') },
	kinds: {
		'import.batch': { audience: async () => 'none' },
		'import.document': {
			label: 'import_kinds',
			audience: async () => 'office',
			searchDocument: async (db, id) => {
				const { rows } = await sql<{
					name: string;
					text: string | null;
					title: string | null;
					number: string | null;
					date: string | null;
					state: string;
				}>`
					select name, text, corrected->>'title' as title, corrected->>'number' as number, corrected->>'date' as date, state
					from import.document where body_id = kernel.current_body() and id = ${id}`.execute(db);
				const row = rows[0];
				// A session that was taken over is found as a session; before a review nothing is certain enough to be found.
				if (!row || row.state !== 'reviewed') return null;
				const date = row.date && /^\d{4}-\d\d-\d\d$/.test(row.date) ? Temporal.PlainDate.from(row.date) : null;
				return {
					kind: 'import.document',
					id,
					audience: 'office',
					language: 'de',
					title: row.title ?? row.name,
					keywords: row.number ? [row.number] : [],
					body: row.text ?? '',
					href: `/einlesen/${id}`,
					date,
					facets: {},
				};
			},
		},
	},
	deskLater: deskItems,
	fileAccess: showsFile,
	jobs: {
		'import.read': (ctx, payload) => readWaiting(ctx, (payload as { documentId: string }).documentId),
	},
	personal,
};
