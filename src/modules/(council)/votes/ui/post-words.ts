import * as m from '#messages';

/** What somebody is elected to, in the reader's language. */
export const POST_WORDS = {
	chair: m.council_votes_post_chair,
	deputyChair: m.council_votes_post_deputyChair,
	board: m.council_votes_post_board,
	other: m.council_votes_post_other,
};
