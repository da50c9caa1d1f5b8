import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { PERSON_CHANGED } from '#kernel/privacy/erase.ts';
import { projectRoot } from '#kernel/project.ts';
import { orderReminders, sendLetters } from './agenda/send.server.ts';
import { loadDemonstration } from './demo/load.server.ts';
import { deskDone, deskItems } from './desk.server.ts';
import { showsFile } from './queries/files.server.ts';
import { kinds } from './kinds.server.ts';
import { refreshBodies } from './commands/refresh.server.ts';
import { forgetProposers } from './planning/topics/commands.server.ts';
import { personal } from './personal.server.ts';

export const council: ServerDeclaration = {
	id: 'council',
	migrations: { name: 'council', folder: join(projectRoot, 'src/modules/(council)/migrations') },
	kinds,
	desk: deskItems,
	deskDone,
	fileAccess: showsFile,
	on: { [PERSON_CHANGED]: refreshBodies },
	jobs: {
		'council.agenda.send': sendLetters,
		'council.agenda.remind': orderReminders,
		'council.forgetProposers': forgetProposers,
	},
	schedule: [
		// early in the morning in Germany, summer and winter
		{ job: 'council.agenda.remind', cron: '30 5 * * *' },
		{ job: 'council.forgetProposers', cron: '40 2 * * *' },
	],
	personal,
	demonstration: loadDemonstration,
};
