/** What one check found. No fault: it passed. */
export interface Outcome {
	/** One line each, beginning with the file where there is one. */
	faults: string[];
	/** Said, but no reason to fail. */
	notes?: string[];
}

export interface Check {
	name: string;
	run: () => Outcome | Promise<Outcome>;
}
