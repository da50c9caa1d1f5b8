import type { WrittenRule } from '../../rules/profile.ts';
import type { WrittenFinding } from '../rules/written.ts';
import type { WrittenVoiceName } from './schema.ts';

export type WrittenState = 'running' | 'adopted' | 'rejected' | 'failed' | 'withdrawn';

export interface WrittenRow {
	id: string;
	number: number;
	title: string;
	state: WrittenState;
	/** ISO days. */
	openedOn: string;
	lastDay: string;
	closedOn: string | null;
}

/** A written procedure as a reader may see it. Outside the body: its text and what came of it, never who said what. */
export interface WrittenView extends WrittenRow {
	text: string;
	reason: string;
	closeNote: string;
	rule: WrittenRule;
	asked: number;
	answered: number;
	finding: WrittenFinding | null;
	body: { id: string; slug: string; name: string; advisory: boolean };
	/** The session that tells or told of it. */
	session: { slug: string; date: string; number: number | null; kind: SessionKind; public: boolean } | null;
	/** For those who run it: each with what was said. Empty for everybody else. */
	answers: AnswerRow[];
	/** The reader's own answer. */
	own: OwnAnswer | null;
}

type SessionKind = 'constituting' | 'regular' | 'extraordinary' | 'retreat' | 'joint';

export interface AnswerRow {
	id: string;
	name: string;
	voice: WrittenVoiceName | null;
	consents: boolean | null;
	remark: string;
	via: 'account' | 'link' | 'office' | null;
}

export interface OwnAnswer {
	name: string;
	voice: WrittenVoiceName | null;
	consents: boolean | null;
	remark: string;
	/** What may be answered; empty once it is over. */
	choices: WrittenVoiceName[];
}
