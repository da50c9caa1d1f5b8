/** What the program can do with a type of paper. */
export const CODES = [
	'resolutionProposal',
	'motion',
	'amendment',
	'inquiry',
	'administrationStatement',
	'information',
	'recommendation',
	'positionPaper',
	'submission',
	'other',
] as const;
