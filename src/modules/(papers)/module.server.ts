import { join } from 'node:path';
import { listed } from '#kernel/db/questions.ts';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { approvalDesk } from './approvals/desk.server.ts';
import { loadDemonstration } from './demo.server.ts';
import { showsDraft } from './involvement/drafts.server.ts';
import { deskItems } from './involvement/desk.server.ts';
import { followPaper } from './involvement/events.server.ts';
import { everyDay } from './involvement/jobs.server.ts';
import type { ProposalsFor } from '#modules/council';
import { papersOfDistricts } from './districts/kinds.server.ts';
import { noteTaken, proposedReports } from './duties/agenda.server.ts';
import { noteListTaken, proposedList } from './duties/control/agenda.server.ts';
import { controlDesk } from './duties/control/desk.server.ts';
import { noteDecidedList } from './duties/control/session.server.ts';
import { remindOfResolutions } from './duties/control/remind.server.ts';
import { countFiledReport } from './duties/fulfil.server.ts';
import { dutyDesk } from './duties/desk.server.ts';
import { remindOfReports } from './duties/remind.server.ts';
import { kinds } from './kinds.server.ts';
import { topicNews } from './news/source.server.ts';
import { draftDesk } from './paper/desk.server.ts';
import { showsFile } from './paper/files.server.ts';
import { paperNumberLinks } from './paper/word-links.server.ts';
import { personal } from './personal.server.ts';
import { statementDesk } from './statement/desk.server.ts';
import { remindStatements } from './statement/jobs.server.ts';
import { afterFiling, afterWayChanged, afterWithdrawal, afterWithdrawalUndone } from './statement/reactions.server.ts';
import { treatmentDesk } from './statement/treatment/desk.server.ts';
import { wayDesk } from './way/desk.server.ts';
import { fromCouncil } from './way/session.server.ts';
import { notePaperTaken, proposedPapers } from './way/proposals.server.ts';
import { waySlots } from './way/slots.server.ts';

export const papers: ServerDeclaration = {
	id: 'papers',
	migrations: { name: 'papers', folder: join(projectRoot, 'src/modules/(papers)/migrations') },
	kinds,
	findAnew: papersOfDistricts,
	newsSources: [topicNews],
	slots: waySlots,
	wordLinks: paperNumberLinks,
	offers: {
		'council.agenda': async (ctx, given: ProposalsFor) => [
			...(await proposedPapers(ctx, given)),
			...(await proposedReports(ctx, given)),
			...(await proposedList(ctx, given)),
		],
	},
	fileAccess: async (ctx, id) => (await showsFile(ctx, id)) || showsDraft(ctx, id),
	desk: (ctx) =>
		listed(
			deskItems(ctx),
			draftDesk(ctx),
			statementDesk(ctx),
			treatmentDesk(ctx),
			wayDesk(ctx),
			dutyDesk(ctx),
			controlDesk(ctx),
		),
	deskLater: approvalDesk,
	on: {
		...fromCouncil,
		'council.itemDecided': async (tx, event) => {
			await fromCouncil['council.itemDecided']!(tx, event);
			await noteDecidedList(tx, event);
		},
		'council.sessionClosed': async (tx, event) => {
			await fromCouncil['council.sessionClosed']!(tx, event);
			await noteDecidedList(tx, event);
		},
		'papers.changed': followPaper,
		'papers.draftChanged': followPaper,
		'papers.filed': async (tx, event) => {
			await afterFiling(tx, event);
			await countFiledReport(tx, event);
		},
		'papers.withdrawn': afterWithdrawal,
		'papers.withdrawalUndone': afterWithdrawalUndone,
		'papers.wayChanged': afterWayChanged,
		'council.proposalTaken': async (tx, event) => {
			await notePaperTaken(tx, event);
			await noteTaken(tx, event);
			await noteListTaken(tx, event);
		},
	},
	jobs: {
		'papers.involvement.daily': everyDay,
		'papers.statement.remind': remindStatements,
		'papers.duties.remind': remindOfReports,
		'papers.control.remind': remindOfResolutions,
	},
	// early in the morning in Germany, summer and winter
	schedule: [
		{ job: 'papers.involvement.daily', cron: '20 4 * * *' },
		{ job: 'papers.statement.remind', cron: '40 4 * * *' },
		{ job: 'papers.duties.remind', cron: '50 4 * * *' },
		{ job: 'papers.control.remind', cron: '55 4 * * *' },
	],
	personal,
	demonstration: loadDemonstration,
};
