import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';

/** Only reads what others keep: no table of its own. */
export const opendata: ServerDeclaration = {
	id: 'opendata',
	migrations: { name: 'opendata', folder: join(projectRoot, 'src/modules/(opendata)/migrations') },
	// stands on public pages, which are made anew with it
	kinds: { 'opendata.licence': { audience: async () => 'public' } },
	personal: [],
};
