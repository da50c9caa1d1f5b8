import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { deskItems as feedbackItems } from './feedback/desk.server.ts';
import { deskItems as operationItems } from './operation/desk.server.ts';
import { deskItems as erasureItems } from './privacy/desk.server.ts';
import { searchNews } from './suche/news.server.ts';

export const shell: ServerDeclaration = {
	id: 'shell',
	migrations: { name: 'shell', folder: join(projectRoot, 'src/modules/(shell)/migrations') },
	kinds: {
		'shell.feedback': { audience: async () => 'none' },
		'shell.erasureRequest': { audience: async () => 'none' },
		'shell.operation': { audience: async () => 'none' },
		'shell.retention': { audience: async () => 'none' },
	},
	deskLater: async (ctx) => [
		...(await feedbackItems(ctx)),
		...(await erasureItems(ctx)),
		...(await operationItems(ctx)),
	],
	newsSources: [searchNews],
	personal: [
		{
			table: 'shell.feedback',
			purpose: 'shell_feedback_purpose',
			basis: 'shell_feedback_basis',
			// no record of a person: found by the address they left
			person: {
				sql: `t.email <> '' and lower(t.email) = (select lower(p.email) from registry.person p where p.body_id = t.body_id and p.id = :person)`,
			},
			columns: {
				name: { retention: 'feedback-12m', erase: 'empty' },
				email: { retention: 'feedback-12m', erase: 'empty' },
				message: { retention: 'feedback-12m', erase: 'delete-row' },
				page: { retention: 'feedback-12m', erase: 'empty' },
			},
			from: 'created_at',
		},
	],
};
