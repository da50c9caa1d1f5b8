import type { ModuleDeclaration } from '#kernel/module.ts';

export const papers: ModuleDeclaration = {
	id: 'papers',
	needs: ['registry', 'council'],
	navigation: [
		{ path: '/vorlagen', label: 'papers_nav', order: 15, says: 'papers_door' },
		{ path: '/vorlagen/neu', label: 'papers_new', order: 42, permission: 'papers.write', place: 'desk' },
		{
			path: '/stellungnahmen',
			label: 'papers_statement_nav',
			order: 44,
			permission: 'papers.statement',
			place: 'desk',
		},
		{
			path: '/einbindung',
			label: 'papers_involvement_title',
			order: 45,
			permission: 'papers.involvement',
			place: 'desk',
		},
		{
			path: '/freigaben',
			label: 'papers_approvals_title',
			order: 43,
			permission: 'papers.involvement.approve',
			place: 'desk',
		},
		{
			path: '/berichtspflichten',
			label: 'papers_duties_title',
			order: 46,
			permission: 'papers.report',
			place: 'desk',
		},
		{
			path: '/beschlusskontrolle',
			label: 'papers_control_title',
			order: 47,
			permission: 'papers.report',
			place: 'desk',
		},
		{
			path: '/einbindung/kontakte',
			label: 'papers_involvement_contacts',
			order: 48,
			permission: 'papers.contacts',
			place: 'desk',
		},
	],
	permissions: {
		'papers.public': { roles: ['everyone'] },
		// filed papers that are not public: the people who sit there, and the office
		'papers.members': { roles: ['member', 'chair', 'office'] },
		// drafts and files papers: who sits in a body, departments, the office; each reads their own drafts
		'papers.write': { roles: ['member', 'chair', 'office', 'department', 'commissioner', 'mayor'] },
		// numbers, way, publication, everything of every paper
		'papers.edit': { roles: ['office'] },
		// outcomes of stations; the mayor enters approvals alone
		'papers.outcome': { roles: ['office', 'mayor'] },
		// reporting duties and the control of resolutions
		'papers.duties': { roles: ['office'] },
		// reports on what they owe
		// the closed part of the control: the query decides whose resolutions somebody reads
		'papers.controlClosed': { roles: ['office', 'member', 'chair'] },
		'papers.report': { roles: ['office', 'department', 'commissioner', 'officeHolder', 'mayor'] },
		// types, numbering schemes, rules, templates, the list of districts
		'papers.types': { roles: ['office', 'administrator'] },
		// statements: departments write and co-sign their own, the mayor approves, the office does all of it
		'papers.statement': { roles: ['department', 'office', 'mayor'] },
		'papers.approve': { roles: ['mayor'] },
		'papers.statementRules': { roles: ['office', 'administrator'] },
		// what became of recommendations: the office, who chairs the body that sent them, the department they went to
		'papers.treatment': { roles: ['office', 'chair', 'department'] },
		// early involvement: who works in it at all
		'papers.involvement': {
			roles: ['office', 'administrator', 'department', 'commissioner', 'mayor', 'chair'],
		},
		// every matter of the town
		'papers.involvement.all': { roles: ['office', 'mayor'] },
		// opens matters, asks, says what was left out: each department its own
		'papers.involvement.open': { roles: ['office', 'department'] },
		// holders of an office, their deputies and chairs answer what they are asked; the query decides who that is
		'papers.involvement.answer': { roles: ['account'] },
		'papers.involvement.approve': { roles: ['office', 'mayor'] },
		'papers.involvement.rules': { roles: ['office', 'administrator'] },
		// figures without persons, and the report made of them
		'papers.involvement.statistic': { roles: ['office', 'commissioner', 'mayor', 'auditor'] },
		'papers.involvement.report': { roles: ['office', 'commissioner'] },
		// log of contacts, rounds of participation
		'papers.contacts': { roles: ['office', 'commissioner', 'department', 'officeHolder'] },
		'papers.participation': { roles: ['office', 'commissioner'] },
	},
};
