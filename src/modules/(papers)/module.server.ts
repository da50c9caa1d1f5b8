import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { loadDemonstration } from './demo.server.ts';
import { kinds } from './kinds.server.ts';
import { showsFile } from './paper/files.server.ts';
import { personal } from './personal.server.ts';

export const papers: ServerDeclaration = {
	id: 'papers',
	migrations: { name: 'papers', folder: join(projectRoot, 'src/modules/(papers)/migrations') },
	kinds,
	fileAccess: showsFile,
	personal,
	demonstration: loadDemonstration,
};
