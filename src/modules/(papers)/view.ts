import type { TakenFrom } from '#kernel/taken-from.ts';
import type { Recommendation } from './statement/schema.ts';
/** What pages of the module show; plain data, days as ISO texts. */

export type PaperState = 'draft' | 'filed' | 'withdrawn';

export interface PaperRow {
	slug: string;
	reference: string | null;
	state: PaperState;
	title: string;
	type: string;
	public: boolean;
	date: string | null;
	originators: string[];
}

/** A paper of the list; where it is asked for, with how the administration answered it. */
export interface ListedPaper extends PaperRow {
	recommended?: Recommended | null;
	/** Districts it concerns; none: the whole town. */
	districts?: { id: string; name: string; shortName: string }[];
}

export interface Recommended {
	recommendation: Recommendation | null;
	counter: boolean;
}

export interface PaperView extends PaperRow {
	id: string;
	typeId: string;
	longTitle: string;
	typePlural: string;
	/** What the program does with this type, e.g. 'motion'. */
	code: string;
	closedReason: string;
	dataDate: string | null;
	reportBy: string | null;
	costs: string;
	/** Made by the kernel's text room; nothing else may stand in it. */
	operativeHtml: string;
	reasonsHtml: string;
	/** ISO day. */
	withdrawnOn: string | null;
	withdrawnNote: string;
	withdrawnConsent: string;
	relevant: boolean | null;
	relevantReason: string;
	department: string | null;
	addressee: string | null;
	signatoryName: string;
	signatoryFunction: string;
	signedOn: string | null;
	/** Of a letter from outside. */
	senderName: string;
	receivedOn: string | null;
	/** Taken over from an old document. */
	takenOver: boolean;
	/** Of a paper of another system. */
	takenFrom: TakenFrom | null;
	revision: number;
	createdBy: string | null;
	departmentId: string | null;
	mayChange: boolean;
}
