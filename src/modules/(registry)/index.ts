/** Front door of the register: types and pure functions. */
export { fold, fullName, nameKey, splitName, type NameParts } from './names.ts';
