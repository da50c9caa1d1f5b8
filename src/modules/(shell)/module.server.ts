import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';

export const shell: ServerDeclaration = {
	id: 'shell',
	migrations: { name: 'shell', folder: join(projectRoot, 'src/modules/(shell)/migrations') },
	kinds: {},
	personal: [],
};
