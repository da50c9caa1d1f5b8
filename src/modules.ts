import { registry } from './modules/(registry)/module.ts';
import { council } from './modules/(council)/module.ts';
import { papers } from './modules/(papers)/module.ts';
import { opendata } from './modules/(opendata)/module.ts';
import { oparl } from './modules/(oparl)/module.ts';
import { imports } from './modules/(import)/module.ts';
import { shell } from './modules/(shell)/module.ts';
import type { ModuleDeclaration } from '#kernel/module.ts';

/** Every module of the program, one line each, in the order of `needs`. */
export const modules: ModuleDeclaration[] = [registry, council, papers, opendata, oparl, imports, shell];
