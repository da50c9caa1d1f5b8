/** Front door of the council module: types and pure functions. */
export { PRESETS, type Preset } from './rules/presets.ts';
export type { ProposalsFor, ProposedItem } from './agenda/rules/compose.ts';
export type { Profile } from './rules/profile.ts';
export { countPresent, findQuorum, type QuorumFinding } from './rules/quorum.ts';
export type { AttendanceView, ItemView, MeetingRow, MeetingView, TaskView } from './view.ts';
export { itemAnchor } from './ui/anchor.ts';
export { languageNames } from './ui/language-help.ts';
export { inShort, meetingTitle, resultOf, timeRange, voteFigures } from './ui/labels.ts';
export { closedChoices } from './agenda/ui/words.ts';
