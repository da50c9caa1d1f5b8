import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { loadDemonstration } from './demo.server.ts';
import { showsDraft } from './involvement/drafts.server.ts';
import { deskItems } from './involvement/desk.server.ts';
import { followPaper } from './involvement/events.server.ts';
import { everyDay } from './involvement/jobs.server.ts';
import { kinds } from './kinds.server.ts';
import { showsFile } from './paper/files.server.ts';
import { personal } from './personal.server.ts';

export const papers: ServerDeclaration = {
	id: 'papers',
	migrations: { name: 'papers', folder: join(projectRoot, 'src/modules/(papers)/migrations') },
	kinds,
	on: { 'papers.changed': followPaper, 'papers.draftChanged': followPaper },
	fileAccess: async (ctx, id) => (await showsFile(ctx, id)) || showsDraft(ctx, id),
	desk: deskItems,
	jobs: { 'papers.involvement.daily': everyDay },
	// early in the morning in Germany, summer and winter
	schedule: [{ job: 'papers.involvement.daily', cron: '20 4 * * *' }],
	personal,
	demonstration: loadDemonstration,
};
