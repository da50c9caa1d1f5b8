import { type Text, fold, slice } from '../text.ts';
import type { Person } from '../persons/person.ts';
import { type Found, derived, printed } from '../found.ts';
import type { AttendanceStatus, NoteKey } from '../types.ts';
import type { State } from './state.ts';

export type FoundAttendee = {
	name: Found<string>;
	org: Found<string> | null;
	role: Found<string> | null;
	group: Found<string> | null;
	voting: Found<boolean> | null;
	status: Found<AttendanceStatus>;
	substituteFor: Found<string> | null;
	from: Found<string> | null;
	until: Found<string> | null;
};

export type AttendanceNotes = { twice: Text[]; odd: Text[]; notUnderstood: Text[] };

type Extra = {
	org: Text | null;
	role: Text | null;
	status: { value: AttendanceStatus; piece: Text } | null;
	note?: NoteKey;
};

export function add(list: FoundAttendee[], person: Person, state: State, extra: Extra): void {
	const own = person.status ?? extra.status;
	const status: Found<AttendanceStatus> = own
		? derived(own.value, own.piece, 'sure', extra.note)
		: state.status
			? derived(state.status, state.statusPiece ?? person.name, 'sure', 'heading-status')
			: derived('present', state.statusPiece ?? person.name, 'doubtful', 'heading-status');
	const surnameOnly = person.words < 2;
	const initials =
		person.org && /^\p{Lu}{2,3}$/u.test(person.org.text) && isInitials(person.org.text, person.name.text);
	if (initials) person.org = null;
	const role = person.role ?? extra.role ?? (state.rolePiece ? slice(state.rolePiece, 0) : null);
	const attendee: FoundAttendee = {
		name: printed(
			person.name,
			person.doubtful || surnameOnly ? 'doubtful' : 'sure',
			surnameOnly ? 'surname-only' : extra.note,
		),
		org: person.org ? printed(person.org) : extra.org ? printed(extra.org) : null,
		role: role ? printed(role) : null,
		group: state.group,
		voting:
			state.voting === null ? null : derived(state.voting, state.group?.piece ?? person.name, 'doubtful', 'derived'),
		status,
		substituteFor: person.substituteFor ? printed(person.substituteFor) : null,
		from: person.from ? derived(person.from.value, person.from.piece) : null,
		until: person.until ? derived(person.until.value, person.until.piece) : null,
	};
	state.direct = true;
	if (person.replacedBy) {
		if (attendee.status.value === 'present')
			attendee.status = derived('excused', person.replacedBy, 'doubtful', 'derived');
		list.push({
			...attendee,
			name: printed(person.replacedBy),
			role: null,
			status: derived('present', person.replacedBy, 'sure', 'derived'),
			substituteFor: printed(person.name),
			from: null,
			until: null,
		});
	}
	list.push(attendee);
}

const differs = (a: Found<string> | null, b: Found<string> | null): boolean =>
	a !== null && b !== null && a.value !== b.value;

/** "(NH)" behind Nele Harms is a short sign and no organisation. */
function isInitials(sign: string, name: string): boolean {
	const words = name.split(/[\s-]+/).filter((word) => !/^(?:Dr|Prof)\.?$/.test(word));
	return words.length > 0 && sign[0] === words[0]![0] && sign[sign.length - 1] === words[words.length - 1]![0];
}

/** "Protokoll: Frau Berg" beside "Anna Berg" in the list is the same person: the one full name with that surname. */
function withoutShortNames(list: readonly FoundAttendee[], notes: AttendanceNotes): FoundAttendee[] {
	const bySurname = new Map<string, FoundAttendee[]>();
	for (const entry of list) {
		const words = fold(entry.name.value).split(' ');
		if (words.length < 2) continue;
		const surname = words[words.length - 1]!;
		bySurname.set(surname, [...(bySurname.get(surname) ?? []), entry]);
	}
	return list.filter((entry) => {
		const bare = fold(entry.name.value.replace(/\b(?:Dr|Prof)\b\.?/g, ''));
		const known = bare.includes(' ') || !entry.role || entry.org ? [] : (bySurname.get(bare) ?? []);
		const [same] = known;
		if (!same || known.length > 1 || !OFFICER.test(entry.role!.value)) return true;
		notes.twice.push(entry.name.piece);
		same.role ??= entry.role;
		return false;
	});
}

const OFFICER = /^(?:vorsitz|leitung|sitzungsleitung|protokoll|schriftführ|moderation)/i;

/** One entry per person; a later entry adds what the first lacks. */
export function merge(list: readonly FoundAttendee[], notes: AttendanceNotes): FoundAttendee[] {
	const byName = new Map<string, FoundAttendee>();
	for (const entry of list) {
		const bare = fold(entry.name.value.replace(/\b(?:Dr|Prof)\b\.?/g, ''));
		const same = byName.get(bare);
		const other = same && !bare.includes(' ') && (differs(same.role, entry.role) || differs(same.org, entry.org));
		const key = other ? `${bare} ${fold(entry.role?.value ?? entry.org?.value ?? '')}` : bare;
		const known = byName.get(key);
		if (!known) {
			byName.set(key, entry);
			continue;
		}
		notes.twice.push(entry.name.piece);
		if (known.status.value === 'unknown' && entry.status.value !== 'unknown') known.status = entry.status;
		if (entry.org && known.org && entry.org.value !== known.org.value)
			known.org = { ...known.org, value: `${known.org.value}; ${entry.org.value}`, note: 'derived' };
		known.org ??= entry.org;
		known.role ??= entry.role;
		known.substituteFor ??= entry.substituteFor;
		known.from ??= entry.from;
		known.until ??= entry.until;
	}
	return withoutShortNames([...byName.values()], notes);
}
