import { join } from 'node:path';
import type { ServerDeclaration } from '#kernel/module.ts';
import { projectRoot } from '#kernel/project.ts';
import { fillRegister } from './demo/town.server.ts';
import { personAudience, personAudiences } from './audience.server.ts';
import { grantsOf } from './grants.server.ts';
import { personal } from './personal.server.ts';
import { endUnconfirmed } from './sign-in-roles.server.ts';

export const registry: ServerDeclaration = {
	id: 'registry',
	migrations: { name: 'registry', folder: join(projectRoot, 'src/modules/(registry)/migrations') },
	grants: grantsOf,
	kinds: {
		'registry.person': { audience: personAudience, audiences: personAudiences },
		'registry.organisation': { audience: async () => 'public' },
		'registry.office': { audience: async () => 'public' },
		'registry.membership': { audience: async () => 'public' },
		'registry.duty': { audience: async () => 'none' },
		'registry.roleRule': { audience: async () => 'none' },
		'registry.place': { audience: async () => 'public' },
		'registry.topic': { audience: async () => 'public' },
	},
	jobs: { 'registry.endUnconfirmed': async (ctx) => void (await endUnconfirmed(ctx)) },
	schedule: [{ job: 'registry.endUnconfirmed', cron: '52 1 * * *' }],
	personal,
	demonstration: fillRegister,
};
