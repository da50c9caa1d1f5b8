import type { ModuleDeclaration } from '#kernel/module.ts';

export const papers: ModuleDeclaration = {
	id: 'papers',
	needs: ['registry', 'council'],
	navigation: [{ path: '/vorlagen', label: 'papers_nav', order: 15, says: 'papers_door' }],
	permissions: {
		'papers.public': { roles: ['everyone'] },
		// filed papers that are not public: the people who sit there, and the office
		'papers.members': { roles: ['member', 'chair', 'office'] },
		// drafts and files papers: who sits in a body, departments, the office; each reads their own drafts
		'papers.write': { roles: ['member', 'chair', 'office', 'department', 'commissioner', 'mayor'] },
		// numbers, way, publication, everything of every paper
		'papers.edit': { roles: ['office'] },
		// types, numbering schemes, rules, templates
		'papers.types': { roles: ['office', 'administrator'] },
		// statements: departments write and co-sign their own, the mayor approves, the office does all of it
		'papers.statement': { roles: ['department', 'office', 'mayor'] },
		'papers.approve': { roles: ['mayor'] },
		'papers.statementRules': { roles: ['office', 'administrator'] },
		// what became of recommendations: the office, who chairs the body that sent them, the department they went to
		'papers.treatment': { roles: ['office', 'chair', 'department'] },
	},
};
