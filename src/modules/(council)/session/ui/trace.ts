import * as m from '#messages';
import type { RoomView } from '../view.ts';

const WORDS: Record<string, () => string> = {
	prepare: m.council_session_did_prepare,
	open: m.council_session_did_open,
	close: m.council_session_did_close,
	quorum: m.council_session_did_quorum,
	challenge: m.council_session_did_challenge,
	roll: m.council_session_did_roll,
	mark: m.council_session_did_roll,
	checkIn: m.council_session_did_checkIn,
	back: m.council_session_did_checkIn,
	leave: m.council_session_did_leave,
	lost: m.council_session_did_lost,
	handOver: m.council_session_did_handOver,
	substitute: m.council_session_did_substitute,
	guest: m.council_session_did_guest,
	item: m.council_session_did_item,
	closeItem: m.council_session_did_closeItem,
	result: m.council_session_did_result,
	opinion: m.council_session_did_opinion,
	text: m.council_session_did_text,
	ask: m.council_session_did_ask,
	floor: m.council_session_did_floor,
	endFloor: m.council_session_did_endFloor,
	unask: m.council_session_did_unask,
	task: m.council_session_did_task,
	taskReview: m.council_session_did_review,
	part: m.council_session_did_part,
	pause: m.council_session_did_pause,
	resume: m.council_session_did_resume,
	undo: m.council_session_did_undo,
	confirmAgenda: m.council_session_did_confirmAgenda,
	addItem: m.council_session_did_addItem,
	removeItem: m.council_session_did_removeItem,
	papersMissing: m.council_session_did_papersMissing,
	objectConvening: m.council_session_did_objectConvening,
	moveItem: m.council_session_did_moveItem,
	motion: m.council_votes_did_motion,
	withdraw: m.council_votes_did_withdraw,
	restore: m.council_votes_did_restore,
	amendedText: m.council_votes_did_amendedText,
	openVote: m.council_votes_did_openVote,
	voidVote: m.council_votes_did_voidVote,
	figures: m.council_votes_did_figures,
	voices: m.council_votes_did_voices,
	bias: m.council_votes_did_bias,
	decideBias: m.council_votes_did_decideBias,
	backAtTable: m.council_votes_did_backAtTable,
	withdrawBias: m.council_votes_did_withdrawBias,
	election: m.council_votes_did_election,
	candidate: m.council_votes_did_candidate,
	consent: m.council_votes_did_consent,
	round: m.council_votes_did_round,
	ballots: m.council_votes_did_ballots,
	lot: m.council_votes_did_lot,
	accept: m.council_votes_did_accept,
	cancelElection: m.council_votes_did_cancelElection,
	closeWithoutQuorum: m.council_session_did_noQuorum,
};

/** What an operation of the log was, in words of the office. */
export function doneWords(kind: string): string {
	return (WORDS[kind] ?? m.council_session_did_something)();
}

/** Whom or what an operation was about: a person of the list, the number of an item; empty for the others. */
export function doneAbout(room: RoomView, payload: Record<string, unknown>): string {
	const person = room.people.find(({ id }) => id === payload.row || id === payload.to);
	if (person) return person.name || person.function || person.organisation;
	return room.items.find(({ id }) => id === payload.item)?.number ?? '';
}
