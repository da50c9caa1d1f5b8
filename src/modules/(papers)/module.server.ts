import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { loadDemonstration } from './demo.server.ts';
import { kinds } from './kinds.server.ts';
import { personal } from './personal.server.ts';

export const papers: ServerDeclaration = {
	id: 'papers',
	migrations: { name: 'papers', folder: join(projectRoot, 'src/modules/(papers)/migrations') },
	kinds,
	personal,
	demonstration: loadDemonstration,
};
