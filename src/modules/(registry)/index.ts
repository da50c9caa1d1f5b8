/** Front door of the register: types and pure functions. */
export { fold, fullName, nameKey, splitName, type NameParts } from './names.ts';
export type { Duty } from './accounts.server.ts';
export type { PersonRow, PersonView } from './people.server.ts';
export type { NewRoleRule } from './role-rules.ts';
