/** Front door of the papers module for other modules' server code. */
export { takeOverKnowledge } from './paper/take-over-known.server.ts';
export { takeOverPaper, type TakenOverPaper } from './paper/take-over.server.ts';
