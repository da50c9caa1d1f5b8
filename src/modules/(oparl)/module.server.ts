import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { fileWasPublic } from './serve/files.server.ts';
import { harvestJob } from './harvest/run/start.server.ts';
import { follow, tellAnew } from './project/follow.server.ts';

export const oparl: ServerDeclaration = {
	id: 'oparl',
	migrations: { name: 'oparl', folder: join(projectRoot, 'src/modules/(oparl)/migrations') },
	kinds: {},
	follow,
	jobs: {
		'oparl.harvest': harvestJob,
		'oparl.repair': async (ctx) => void (await tellAnew(ctx)),
	},
	schedule: [{ job: 'oparl.repair', cron: '20 3 * * *' }],
	fileWasPublic,
	personal: [],
};
