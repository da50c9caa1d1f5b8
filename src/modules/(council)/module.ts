import type { ModuleDeclaration } from '#kernel/module.ts';

export const council: ModuleDeclaration = {
	id: 'council',
	needs: ['registry'],
	navigation: [
		{ path: '/sitzungen', label: 'council_nav_meetings', order: 10, says: 'council_door_meetings' },
		{ path: '/gremien', label: 'council_nav_bodies', order: 20, says: 'council_door_bodies' },
		{ path: '/aufgaben', label: 'council_tasks', order: 30, says: 'council_door_tasks' },
		{ path: '/verwaltung', label: 'council_entry_chart', order: 60, permission: 'council.setUp', place: 'desk' },
		{ path: '/gremium-gruenden', label: 'council_entry_setup', order: 61, permission: 'council.setUp', place: 'desk' },
		// Guests and former members find their own presences there, too.
		{ path: '/mitarbeit', label: 'council_member_mine', order: 39, permission: 'council.ownRecord', place: 'desk' },
		{ path: '/jahresplan', label: 'council_planning_year', order: 42, permission: 'council.members', place: 'desk' },
		{ path: '/einberufung', label: 'council_planning_ask', order: 43, permission: 'council.members', place: 'desk' },
		{ path: '/themen', label: 'council_planning_topics', order: 41, permission: 'council.members', place: 'desk' },
		{
			path: '/terminfindung',
			label: 'council_planning_polls',
			order: 40,
			permission: 'council.members',
			place: 'desk',
		},
	],
	permissions: {
		'council.public': { roles: ['everyone'] },
		// closed items, names of guests, drafts: the people who sit there, and the office
		'council.members': { roles: ['member', 'chair', 'office'] },
		// one's own presences stay one's own after the seat has ended
		'council.ownRecord': { roles: ['account'] },
		'council.edit': { roles: ['office'] },
		// first steps of members: each their own, the office all
		'council.onboarding': { roles: ['member', 'chair', 'office'] },
		// founding a body, ordering the administration
		'council.setUp': { roles: ['office', 'administrator'] },
		// plans sessions, makes their agenda, invites: the chair convenes, the office does it for her (rulebook R2-01)
		'council.convene': { roles: ['office', 'chair'] },
		// the seat held at that moment decides, substitutes of one evening have no other role
		'council.cast': { roles: ['account'] },
		// a ballot is put into the box by nobody in particular
		'council.ballot': { roles: ['everyone'] },
		'council.minutes.review': { roles: ['chair', 'office'] },
		'council.minutes.object': { roles: ['member', 'chair'] },
		// bodies, seats, terms, rules: who sits where, and by which statute
		'council.structure': { roles: ['office', 'administrator'] },
		// asks for a session (rulebook R2-02)
		'council.ask': { roles: ['member', 'chair'] },
		'council.tasks': { roles: ['member', 'chair', 'office', 'department'] },
	},
};
