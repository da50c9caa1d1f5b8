import type { ModuleDeclaration } from '#kernel/module.ts';

export const council: ModuleDeclaration = {
	id: 'council',
	needs: ['registry'],
	navigation: [
		{ path: '/sitzungen', label: 'council_nav_meetings', order: 10, says: 'council_door_meetings' },
		{ path: '/gremien', label: 'council_nav_bodies', order: 20, says: 'council_door_bodies' },
		{ path: '/aufgaben', label: 'council_tasks', order: 30, says: 'council_door_tasks' },
	],
	permissions: {
		'council.public': { roles: ['everyone'] },
		// closed items, names of guests, drafts: the people who sit there, and the office
		'council.members': { roles: ['member', 'chair', 'office'] },
		'council.edit': { roles: ['office'] },
		'council.tasks': { roles: ['member', 'chair', 'office', 'department'] },
	},
};
