import type { ModuleDeclaration } from '#kernel/module.ts';

export const shell: ModuleDeclaration = {
	id: 'shell',
	needs: [],
	navigation: [],
	permissions: {
		'shell.public': { roles: ['everyone'] },
		'shell.desk': { roles: ['account'] },
		'shell.account': { roles: ['account'] },
		'shell.audit': { roles: ['auditor', 'administrator'] },
		'shell.people': { roles: ['administrator'] },
	},
};
