/** Front door of the papers module: types and pure functions. */
export { districtsIn } from './districts/rules/list.ts';
export { readReference, writeReference, type PaperNumber, type Scheme } from './paper/rules/reference.ts';
