import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { loadDemonstration } from './demo.server.ts';
import { kinds } from './kinds.server.ts';
import { topicNews } from './news/source.server.ts';
import { showsFile } from './paper/files.server.ts';
import { personal } from './personal.server.ts';
import { statementDesk } from './statement/desk.server.ts';
import { remindStatements } from './statement/jobs.server.ts';
import { afterFiling, afterWithdrawal } from './statement/reactions.server.ts';
import { treatmentDesk } from './statement/treatment/desk.server.ts';

export const papers: ServerDeclaration = {
	id: 'papers',
	migrations: { name: 'papers', folder: join(projectRoot, 'src/modules/(papers)/migrations') },
	kinds,
	fileAccess: showsFile,
	newsSources: [topicNews],
	personal,
	desk: async (ctx) => [...(await statementDesk(ctx)), ...(await treatmentDesk(ctx))],
	on: {
		'papers.filed': async (tx, event) => {
			await afterFiling(tx, event);
		},
		'papers.withdrawn': async (tx, event) => {
			await afterWithdrawal(tx, event);
		},
	},
	jobs: {
		'papers.statement.remind': remindStatements,
	},
	schedule: [
		// early in the morning in Germany, summer and winter
		{ job: 'papers.statement.remind', cron: '40 4 * * *' },
	],
	demonstration: loadDemonstration,
};
