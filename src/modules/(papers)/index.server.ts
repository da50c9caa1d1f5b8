/** Front door of the papers module for other modules' server code and the command line. */
export { takeOverKnowledge } from './paper/take-over-known.server.ts';
export { takeOverPaper, type TakenOverPaper } from './paper/take-over.server.ts';
export { usualTypes } from './paper/types.server.ts';
export * as papersOfOthers from './paper/take-over.index.server.ts';
export { publishedPaper } from './output/render.server.ts';
