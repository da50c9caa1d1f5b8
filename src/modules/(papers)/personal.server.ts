import type { PersonalTable } from '#kernel/privacy/declaration.ts';
import { involvementPersonal } from './involvement/personal.server.ts';
import { paperPersonal } from './paper/personal.server.ts';
import { statementPersonal } from './statement/personal.server.ts';

/** Personal data of the module, room by room. */
export const personal: PersonalTable[] = [...paperPersonal, ...statementPersonal, ...involvementPersonal];
