import * as m from '#messages';

/** Words that mark changes for those who don't see them. */
export const diffWords = () => ({
	insertStart: m.papers_involvement_diff_insert(),
	insertEnd: m.papers_involvement_diff_insert_end(),
	deleteStart: m.papers_involvement_diff_delete(),
	deleteEnd: m.papers_involvement_diff_delete_end(),
	moved: m.papers_involvement_diff_moved(),
});
