import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { loadDemonstration } from './demo/load.server.ts';
import { kinds } from './kinds.server.ts';

export const council: ServerDeclaration = {
	id: 'council',
	migrations: { name: 'council', folder: join(projectRoot, 'src/modules/(council)/migrations') },
	kinds,
	personal: [],
	demonstration: loadDemonstration,
};
