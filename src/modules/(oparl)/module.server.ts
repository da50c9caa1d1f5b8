import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { write } from '#kernel/write.ts';
import { projectRoot } from '#kernel/project.ts';
import { makeDocuments } from './documents/make.server.ts';
import { lookAtRest } from './documents/want.server.ts';
import { fileWasPublic, showsFile } from './serve/files.server.ts';
import { harvestJob } from './harvest/run/start.server.ts';
import { follow, tellAnew, tellDay } from './project/follow.server.ts';

export const oparl: ServerDeclaration = {
	id: 'oparl',
	migrations: { name: 'oparl', folder: join(projectRoot, 'src/modules/(oparl)/migrations') },
	// Systems that are read: their own page alone tells of them.
	kinds: { 'oparl.source': { audience: () => Promise.resolve('none') } },
	follow,
	jobs: {
		'oparl.harvest': harvestJob,
		'oparl.documents': makeDocuments,
		'oparl.day': async (ctx) => {
			await tellDay(ctx);
		},
		'oparl.repair': async (ctx) => {
			await tellAnew(ctx);
			// Should the job have failed for good.
			await write(ctx, (tx) => lookAtRest(tx));
		},
	},
	schedule: [
		// days begin at another hour of the machine's clock, in summer and in winter
		{ job: 'oparl.day', cron: '1 * * * *' },
		{ job: 'oparl.repair', cron: '20 3 * * *' },
	],
	fileAccess: showsFile,
	fileWasPublic,
	personal: [],
};
