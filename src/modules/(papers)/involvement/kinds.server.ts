import type { KindDeclaration } from '#kernel/module.ts';

/** Matters are confidential: nobody is told of them, nobody finds them; their own page alone shows them (R4-10). */
export const involvementKinds: Record<string, KindDeclaration> = {
	'papers.matter': { audience: async () => 'none' },
	'papers.contact': { audience: async () => 'none' },
	'papers.participation': { audience: async () => 'none' },
	'papers.instruction': { audience: async () => 'none' },
};
