import * as m from '#messages';
import type { PendingApproval } from '../view.ts';

export const kindWord = (kind: PendingApproval['kind']): string =>
	({
		statement: m.papers_approvals_kind_statement,
		paper: m.papers_approvals_kind_paper,
		matter: m.papers_approvals_kind_matter,
	})[kind]();
