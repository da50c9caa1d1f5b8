import { installModules, type ServerDeclaration } from '#kernel/module.ts';
import { council } from './modules/(council)/module.server.ts';
import { imports } from './modules/(import)/module.server.ts';
import { oparl } from './modules/(oparl)/module.server.ts';
import { papers } from './modules/(papers)/module.server.ts';
import { opendata } from './modules/(opendata)/module.server.ts';
import { registry } from './modules/(registry)/module.server.ts';
import { shell } from './modules/(shell)/module.server.ts';
import { modules } from './modules.ts';

/** The server twins of src/modules.ts, in the same order. */
export const serverModules: ServerDeclaration[] = [registry, council, papers, opendata, oparl, imports, shell];

installModules(modules, serverModules);
