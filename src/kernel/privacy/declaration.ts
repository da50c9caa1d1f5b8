/**
 * Retention classes (rulebook R8-11): how long a personal value is kept, counted from the date named beside it.
 * `permanent` is for signed records that belong to the archive; `function` for data of officials kept while they matter.
 */
export type RetentionClass =
	| 'permanent'
	| 'function'
	| 'account'
	| 'invitations-5y'
	| 'attendance-10y'
	| 'applications-6m'
	| 'assignments-12m'
	| 'registrations-4w'
	| 'audit-12m'
	| 'log-90d'
	| 'reading-12m';

/** One table with personal data: which columns, on which basis, how they are shown to the person and erased. */
export interface PersonalTable {
	/** Schema-qualified, e.g. 'registry.person'. */
	table: string;
	/** Purpose and legal basis, keys of the module's messages: they build the record of processing (Art. 30 GDPR). */
	purpose: string;
	basis: string;
	/** Column that names the person (registry.person id), or how rows of a person are found. */
	person: { column: string } | { sql: string };
	columns: Record<string, PersonalColumn>;
	/** Column with the date from which retention counts; null keeps rows until their person is erased. */
	from: string | null;
}

export interface PersonalColumn {
	retention: RetentionClass;
	/** What erasure writes: null, an empty text, or the row is deleted as a whole. */
	erase: 'null' | 'empty' | 'delete-row' | 'keep';
	/** May the person correct it alone (rectification without the office)? */
	selfService?: boolean;
}
