/** Front door of the shell for the command line. */
export { Erasure, erasures, repeatErasures } from './privacy/erasures.server.ts';
