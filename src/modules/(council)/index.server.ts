/** Front door of the council module for other modules' server code. */
export { takeOverMeeting, type TakenOver } from './commands/take-over.server.ts';
export { addCouncilBody, addSeat, fillSeat, type NewCouncilBody, type NewSeat } from './commands/bodies.server.ts';
export { bodyRows, bodyView, type BodyRow, type BodyView } from './queries/bodies.server.ts';
export { latestOutcomes, nextPublicMeeting, type LatestOutcome, type NextMeeting } from './queries/front.server.ts';
export { meetingRows } from './queries/meetings.server.ts';
export { meetingView } from './queries/meeting.server.ts';
export { taskRows, type TaskRow } from './queries/tasks.server.ts';
export { verifyArchive, type ArchiveReport } from './minutes/verify-archive.server.ts';
export { holidaysBetween } from './planning/year/queries.server.ts';
export { daysOff } from './planning/year/queries.server.ts';
export { originOf } from './agenda/links.server.ts';
export { putOnAgenda, type ItemToPut } from './agenda/put.server.ts';
export { profileFor } from './structure/profiles.server.ts';
export {
	addVersionIn as addRuleVersion,
	dropVersionIn as dropRuleVersion,
} from './structure/profile-versions.server.ts';
export { knowsRule as knowsAgendaRule, ruleWords as agendaRuleWords } from './agenda/fault-words.server.ts';
export { keepAttachment, readAttachment } from './agenda/attach.server.ts';
export * as sessionsOfOthers from './commands/take-over.index.server.ts';
export { publishedDocuments } from './pdf/published.server.ts';
