/** Who may write and bring in what. Pure. */

/** Roles of the administration, as grants name them. */
const ADMINISTRATION: readonly string[] = [
	'office',
	'department',
	'mayor',
	'commissioner',
	'administrator',
	'officeHolder',
];

/** Does this person, by the roles they hold today, write papers of a type? */
export function mayDraft(writtenBy: 'all' | 'administration', roles: readonly string[]): boolean {
	return writtenBy === 'all' || roles.some((role) => ADMINISTRATION.includes(role));
}
