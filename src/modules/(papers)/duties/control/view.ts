import type { ControlState } from '../rules/control.ts';
import type { PaperLink } from '../view.ts';

/** What pages of the resolution control show; days as ISO texts. */

export interface ControlRow {
	id: string;
	title: string;
	reference: string;
	decidedOn: string;
	decidedBy: string;
	public: boolean;
	state: ControlState;
	note: string;
	due: string | null;
	delayReason: string;
	department: string;
	paper: PaperLink | null;
	/** The session that resolved it. */
	session: string | null;
	/** Last session in which the body took note. */
	notedOn: string | null;
	/** This actor reports on it. */
	mine: boolean;
}

export interface ControlStep {
	id: string;
	/** ISO day. */
	on: string;
	state: ControlState;
	note: string;
	due: string | null;
	delayReason: string;
	department: string;
	takenBack: boolean;
}

export interface ControlView extends Omit<ControlRow, 'notedOn'> {
	departmentId: string | null;
	/** The resolution as it reads, where it has words of its own. */
	wording: string;
	/** Newest first. */
	steps: ControlStep[];
	notings: { slug: string; date: string; state: ControlState }[];
	mayManage: boolean;
}

/** A resolution that nobody has put under control yet. */
export interface ControlOffer {
	kind: 'resolution' | 'station';
	id: string;
	title: string;
	reference: string;
	decidedOn: string;
	decidedBy: string;
	departmentId: string | null;
	session: string | null;
	paper: PaperLink | null;
}
