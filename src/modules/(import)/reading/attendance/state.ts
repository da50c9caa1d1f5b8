import type { Text } from '../text.ts';
import { type Found, derived, printed } from '../found.ts';
import type { AttendanceStatus } from '../types.ts';
import type { Heading } from './headings.ts';
import type { Columns } from './table.ts';

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
	};
}

export function enter(state: State, heading: Heading, late: boolean, inTable = false): void {
	state.open = true;
	if (heading.role) {
		if (heading.guests && state.status && state.status !== 'present') {
			state.status = 'present';
			state.statusPiece = heading.label;
		}
		state.role = heading.role;
		state.rolePiece = heading.label;
		return;
	}
	state.role = state.rolePiece = null;
	if (heading.org) {
		state.org = heading.org;
		state.group = printed(heading.org);
		if (state.voting === null) state.voting = true;
		return;
	}
	state.org = null;
	if (!inTable) state.columns = null;
	if (heading.status) {
		state.status = heading.status;
		state.statusPiece = heading.label;
	} else if (!late && state.status === null) state.statusPiece = heading.label;
	if (heading.group) state.group = derived(heading.group, heading.label);
	else if (heading.status) state.group = null;
	if (heading.guests && !heading.status && state.status && state.status !== 'present') {
		state.status = 'present';
		state.statusPiece = heading.label;
	}
	if (heading.voting !== null || heading.group || heading.status) state.voting = heading.voting;
}
