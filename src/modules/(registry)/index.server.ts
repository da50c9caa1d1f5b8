/** Front door of the register for other modules' server code. */
export { addDuty, linkAccount, type Duty } from './accounts.server.ts';
export { ACCESS_ENDED, endAccess, type AccessEnded, type EndedAccess } from './access-end.server.ts';
export { endDuty, giveDuty, invitePerson } from './duties.server.ts';
export { personNames, personRows, personView, type PersonRow, type PersonView } from './people.server.ts';
export {
	addMembership,
	addOrganisation,
	addPerson,
	changeOrganisation,
	changePersonEmail,
	findOrAddPlace,
} from './commands.server.ts';
export {
	beginMembership,
	endMembership,
	removeDesignation,
	setPost,
	type EndReason,
	type MembershipPost,
} from './memberships.server.ts';
export { addOffice, endHolding, holdersOf, holdOffice, type Holder, type OfficeKind } from './offices.server.ts';
export { peopleWhoSignIn } from './queries.server.ts';
export { knownOrganisations, knownPersons, type KnownOrganisation, type KnownPerson } from './queries.server.ts';
export {
	isKnownElsewhere,
	keepAnAdministrator,
	personFields,
	PERSON_FIELDS,
	type PersonField,
} from './privacy.server.ts';
export {
	addRoleRule,
	changeRoleRule,
	raiseRoleRule,
	removeRoleRule,
	roleRules,
	type RoleRuleView,
} from './role-rules.server.ts';
export { readClaims, type NewRoleRule } from './role-rules.ts';
export { applyRoleRules, type RoleChange } from './sign-in-roles.server.ts';
export { saveUnit, unitRows, type Unit } from './units.server.ts';
export * as demonstrationTown from './demo/town.server.ts';
export {
	membershipsOf,
	takeBack as takeBackRecord,
	takeOverMemberships,
	takeOverOrganisations,
	takeOverParents,
	takeOverPersons,
	takeOverPlaces,
	type TakenMembership,
	type TakenOrganisation,
	type TakenPerson,
	type TakenPlace,
} from './take-over.server.ts';
