import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { PERSON_CHANGED } from '#kernel/privacy/erase.ts';
import { projectRoot } from '#kernel/project.ts';
import { ACCESS_ENDED } from '#server/registry';
import { orderReminders, sendLetters } from './agenda/send.server.ts';
import { loadDemonstration } from './demo/load.server.ts';
import { deskDone, deskItems } from './desk.server.ts';
import { showsFile } from './queries/files.server.ts';
import { kinds } from './kinds.server.ts';
import { refreshBodies } from './commands/refresh.server.ts';
import { endFeeds } from './member/access-ended.server.ts';
import { forgetSubscribers } from './member/news/commands.server.ts';
import { sendNews } from './member/news/letters.server.ts';
import { lookForNews } from './member/news/look.server.ts';
import { forgetProposers } from './planning/topics/commands.server.ts';
import { personal } from './personal.server.ts';
import { membersTouched } from './search/members.server.ts';
import { meetingsOfPlaces } from './search/places.server.ts';
import { watchWritten } from './votes/written/jobs.server.ts';

export const council: ServerDeclaration = {
	id: 'council',
	migrations: { name: 'council', folder: join(projectRoot, 'src/modules/(council)/migrations') },
	kinds,
	desk: deskItems,
	deskDone,
	fileAccess: showsFile,
	findAnew: async (db, touched) => [...(await membersTouched(db, touched)), ...(await meetingsOfPlaces(db, touched))],
	on: { [PERSON_CHANGED]: refreshBodies, [ACCESS_ENDED]: endFeeds },
	jobs: {
		'council.agenda.send': sendLetters,
		'council.agenda.remind': orderReminders,
		'council.forgetProposers': forgetProposers,
		'council.news.look': lookForNews,
		'council.news.letters': sendNews,
		'council.news.forget': forgetSubscribers,
		'council.votes.written': watchWritten,
	},
	schedule: [
		// early in the morning in Germany, summer and winter
		{ job: 'council.agenda.remind', cron: '30 5 * * *' },
		// after midnight in Germany, summer and winter: the last day has passed
		{ job: 'council.votes.written', cron: '10 23 * * *' },
		{ job: 'council.forgetProposers', cron: '40 2 * * *' },
		{ job: 'council.news.look', cron: '*/15 * * * *' },
		{ job: 'council.news.forget', cron: '50 2 * * *' },
	],
	personal,
	demonstration: loadDemonstration,
};
