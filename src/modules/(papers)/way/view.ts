import type { Became } from './rules/became.ts';
import type { Finding } from './rules/checks.ts';
import type { Station } from './types.ts';

/** What the page of a paper shows of its way. */
export interface WaySection {
	stations: Station[];
	became: Became;
	/** Of a statement: the number of the paper it answers; what became of that one is told. */
	becameOf: string | null;
	/** For who works on it; empty for everybody else. */
	findings: Finding[];
	/** They may see the page where the way is arranged. */
	mayOpen: boolean;
}
