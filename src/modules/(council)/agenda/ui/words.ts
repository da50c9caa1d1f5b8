import * as m from '#messages';
import type { Choice } from '#ui/types.ts';
import type { Origin } from '../rules/compose.ts';
import { CLOSED_CODES, ITEM_KINDS, type ItemKind } from '../rules/items.ts';
import type { ModeDoubt } from '../rules/mode.ts';
import { MEETING_KINDS, MODES } from '../schema.ts';

const KINDS: Record<(typeof MEETING_KINDS)[number], () => string> = {
	regular: m.council_agenda_kind_regular,
	extraordinary: m.council_kind_extraordinary,
	constituting: m.council_kind_constituting,
	joint: m.council_kind_joint,
	retreat: m.council_kind_retreat,
};

export function kindChoices(): Choice[] {
	return MEETING_KINDS.map((value) => ({ value, label: KINDS[value]() }));
}

const MODE_WORDS: Record<(typeof MODES)[number], () => string> = {
	room: m.council_agenda_mode_room,
	hybrid: m.council_agenda_mode_hybrid,
	video: m.council_agenda_mode_video,
};

export function modeChoices(): Choice[] {
	return MODES.map((value) => ({ value, label: MODE_WORDS[value]() }));
}

const DOUBTS: Record<ModeDoubt['because'], () => string> = {
	off: m.council_agenda_mode_doubt_off,
	emergencyOnly: m.council_agenda_mode_doubt_emergency,
	besideRoom: m.council_agenda_mode_doubt_beside,
};

/** What the rules have against a session by video. */
export function modeDoubtWord(because: ModeDoubt['because']): string {
	return DOUBTS[because]();
}

const ITEMS: Record<ItemKind, () => string> = {
	topic: m.council_agenda_item_topic,
	report: m.council_agenda_item_report,
	election: m.council_agenda_item_election,
	opening: m.council_agenda_item_opening,
	minutesApproval: m.council_agenda_item_minutes,
	announcement: m.council_agenda_item_announcement,
	anyOther: m.council_agenda_item_other,
};

export function itemKindChoices(): Choice[] {
	return ITEM_KINDS.map((value) => ({ value, label: ITEMS[value]() }));
}

export function itemKindWord(kind: ItemKind): string {
	return ITEMS[kind]();
}

const CLOSED: Record<(typeof CLOSED_CODES)[number], () => string> = {
	personnel: m.council_agenda_closed_personnel,
	individual: m.council_agenda_closed_individual,
	property: m.council_agenda_closed_property,
	procurement: m.council_agenda_closed_procurement,
	commonGood: m.council_agenda_closed_common,
	other: m.council_agenda_closed_other,
};

export function closedChoices(): Choice[] {
	return CLOSED_CODES.map((value) => ({ value, label: CLOSED[value]() }));
}

const ORIGINS: Partial<Record<Origin, () => string>> = {
	carriedOver: m.council_agenda_origin_carried,
	minutesApproval: m.council_agenda_origin_minutes,
	announcement: m.council_agenda_origin_announcement,
	report: m.council_agenda_origin_report,
	proposal: m.council_agenda_origin_proposal,
	urgent: m.council_agenda_origin_urgent,
};

/** Where an item comes from, for those that the program put there; empty for all others. */
export function originWord(origin: Origin): string {
	return ORIGINS[origin]?.() ?? '';
}
