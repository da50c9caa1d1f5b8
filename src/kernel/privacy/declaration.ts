/**
 * Retention classes (rulebook R8-11): how long a personal value is kept, counted from the date named beside it.
 * `permanent` is for signed records that belong to the archive; `function` for data of officials kept while they matter;
 * `account` for what lives as long as somebody's access.
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
	| 'feedback-12m'
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
	/**
	 * How rows of a person are found: by a column that names the person (registry.person id), or by a condition over the row
	 * `t` in which `:person` stands for that id. Null where rows name people only in running text.
	 */
	person: { column: string } | { sql: string } | null;
	columns: Record<string, PersonalColumn>;
	/**
	 * From when retention counts: a column (date or timestamp), or an expression over the row `t`; a row without a date is
	 * kept. Null keeps all rows until their person is erased.
	 */
	from: string | { sql: string } | null;
	/** Object whose search text and page hold these values: it is touched when they are erased. `column` holds its id. */
	touches?: { kind: string; column: string };
}

export interface PersonalColumn {
	retention: RetentionClass;
	/**
	 * What erasure writes: null, an empty text, or the row is deleted as a whole. `keep` is for what the law keeps (signed
	 * minutes, sealed entries); it needs no further reason, its retention class is one.
	 */
	erase: 'null' | 'empty' | 'delete-row' | 'keep';
	/** May the person correct it alone (rectification without the office)? */
	selfService?: boolean;
}
