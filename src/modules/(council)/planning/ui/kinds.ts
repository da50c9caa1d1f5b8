import * as m from '#messages';
import type { Choice } from '#ui/types.ts';
import { MEETING_KINDS } from '../schema.ts';

const WORDS = {
	constituting: m.council_kind_constituting,
	regular: m.council_kind_regular,
	extraordinary: m.council_kind_extraordinary,
	retreat: m.council_kind_retreat,
	joint: m.council_kind_joint,
};

/** Kinds of sessions for a form, the usual one first. */
export function kindChoices(): Choice[] {
	return MEETING_KINDS.toSorted((a, b) => Number(b === 'regular') - Number(a === 'regular')).map((kind) => ({
		value: kind,
		label: WORDS[kind](),
	}));
}
