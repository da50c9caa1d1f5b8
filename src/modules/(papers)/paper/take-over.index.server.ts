/** What is taken over of other council systems: papers, with their stations, files and duties to report. */
export * from './take-over-many.server.ts';
export * from './take-over-parts.server.ts';
export { setDistricts } from '../districts/commands.server.ts';
export { knownDistricts } from '../districts/queries.server.ts';
export { districtOf } from '../districts/rules/list.ts';
export { takeOverDistricts } from '../districts/take-over.server.ts';
export { takeOverDuties } from '../duties/take-over.server.ts';
