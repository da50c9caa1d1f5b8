/** Front door of reading old documents: types and pure functions. */
export { toImportJson } from './reading/json.ts';
export { readDocument } from './reading/read.ts';
export type { Content, Reading } from './reading/types.ts';
