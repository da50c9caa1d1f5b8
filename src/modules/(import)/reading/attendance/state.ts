import type { Text } from '../text.ts';
import { type Found, derived, printed } from '../found.ts';
import type { AttendanceStatus } from '../types.ts';
import type { Heading } from './headings.ts';
import type { Columns } from './table.ts';
import { PARTY } from '../words.ts';

export type State = {
	open: boolean;
	status: AttendanceStatus | null;
	statusPiece: Text | null;
	group: Found<string> | null;
	voting: boolean | null;
	role: string | null;
	rolePiece: Text | null;
	org: Text | null;
	columns: Columns | null;
	/** Single letters at the end of a line tell presence. */
	legend: boolean;
	/** What a name in parentheses means, where a legend says so ("(verhindert waren)"). */
	bracketed: AttendanceStatus | null;
	/** Persons followed the heading that told the status; else groups are nested under it. */
	direct: boolean;
	/** A group was named right under that heading: all groups until the next one share its status. */
	nested: boolean;
};

export function closed(): State {
	return {
		open: false,
		status: null,
		statusPiece: null,
		group: null,
		voting: null,
		role: null,
		rolePiece: null,
		org: null,
		columns: null,
		legend: false,
		bracketed: null,
		direct: false,
		nested: false,
	};
}

/** A list of the absent ends where another group is named, unless groups are nested under its heading. */
function backToPresent(state: State, heading: Heading): void {
	if (!state.status || state.status === 'present') return;
	state.status = 'present';
	state.statusPiece = heading.label;
	state.direct = false;
}

export function enter(state: State, heading: Heading, late: boolean, inTable = false): void {
	state.open = true;
	if (!heading.status && !state.direct) state.nested = true;
	const ends = state.direct && !state.nested;
	if (heading.role) {
		if (heading.guests || ends) backToPresent(state, heading);
		state.role = heading.role;
		state.rolePiece = heading.label;
		return;
	}
	state.role = state.rolePiece = null;
	if (heading.org) {
		if (!PARTY.test(heading.org.text) && ends) backToPresent(state, heading);
		state.org = heading.org;
		state.group = printed(heading.org);
		if (heading.group && !PARTY.test(heading.org.text)) state.voting = heading.voting;
		else if (state.voting === null) state.voting = true;
		return;
	}
	state.org = null;
	if (!inTable) state.columns = null;
	if (heading.status) {
		state.status = heading.status;
		state.statusPiece = heading.label;
		state.direct = state.nested = false;
	} else if (!late && state.status === null) state.statusPiece = heading.label;
	if (heading.group) state.group = derived(heading.group, heading.label);
	else if (heading.status) state.group = null;
	if (!heading.status && (heading.guests || ends)) backToPresent(state, heading);
	if (heading.voting !== null || heading.group || heading.status) state.voting = heading.voting;
}
