/** Front door of the shell for the command line. */
export { openMatters, type OpenGroup } from './access/open.server.ts';
export { Erasure, erasures, repeatErasures } from './privacy/erasures.server.ts';
