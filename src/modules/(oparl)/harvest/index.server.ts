/** Reading other systems, for the command line. */
export { userAgentOf } from './client/agent.ts';
export { openSource } from './client/open.server.ts';
export { harvest } from './run/harvest.server.ts';
export { reportLines } from './run/report.ts';
