import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';

export const imports: ServerDeclaration = {
	id: 'import',
	migrations: { name: 'import', folder: join(projectRoot, 'src/modules/(import)/migrations') },
	kinds: {},
	personal: [],
};
