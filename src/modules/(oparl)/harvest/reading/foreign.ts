/** Objects of another system as they were understood. Texts are plain, days ISO, links absolute. Pure. */
import type { sessionsOfOthers } from '#server/council';
import { TYPES } from '../../project/node.ts';
import type { AttendanceSource, VoteSource } from '../../project/record.ts';

export const KINDS = ['System', 'Body', ...TYPES] as const;
export type Kind = (typeof KINDS)[number];

/** What each type says; absent knowledge is null or an empty list. Addresses of people, their e-mail and telephone are not read. */
export interface Said {
	LegislativeTerm: { name: string; startDate: string | null; endDate: string | null };
	Organization: {
		name: string;
		shortName: string;
		organizationType: string;
		classification: string;
		subOrganizationOf: string | null;
		startDate: string | null;
		endDate: string | null;
		/** Null where the source does not say it. */
		advisory: boolean | null;
		purpose: string;
		seats: SaidSeat[];
	};
	Person: {
		name: string;
		familyName: string;
		givenName: string;
		affix: string;
		formOfAddress: string;
		status: string[];
	};
	Membership: {
		person: string | null;
		organization: string | null;
		role: string;
		votingRight: boolean | null;
		startDate: string | null;
		endDate: string | null;
		onBehalfOf: string | null;
	};
	Meeting: {
		name: string;
		meetingState: string;
		cancelled: boolean;
		/** Null: a day alone was said, or nothing. */
		start: string | null;
		day: string | null;
		end: string | null;
		location: string | null;
		/** A place that is only described. */
		place: string;
		organization: string[];
		participant: string[];
		opened: string | null;
		closed: string | null;
		attendance: SaidAttendance[];
		quorum: SaidQuorum[];
	};
	AgendaItem: {
		meeting: string | null;
		number: string;
		order: number | null;
		name: string;
		public: boolean | null;
		consultation: string | null;
		result: string;
		resolutionText: string;
		start: string | null;
		end: string | null;
		resultNote: string;
		votes: SaidVote[];
		elections: SaidElection[];
		duties: SaidDuty[];
	};
	Paper: {
		name: string;
		reference: string;
		date: string | null;
		paperType: string;
		keyword: string[];
		relatedPaper: string[];
		superordinatedPaper: string[];
		subordinatedPaper: string[];
		originatorPerson: string[];
		originatorOrganization: string[];
		underDirectionOf: string[];
		addressee: string | null;
		withdrawn: boolean;
		duties: SaidDuty[];
		/** Places it speaks of. */
		location: string[];
	};
	Consultation: {
		paper: string | null;
		agendaItem: string | null;
		meeting: string | null;
		organization: string[];
		authoritative: boolean;
		role: string;
		/** What became of it, where the source says it. */
		outcome: SaidOutcome | null;
	};
	File: {
		name: string;
		fileName: string;
		mimeType: string;
		size: number | null;
		accessUrl: string | null;
		downloadUrl: string | null;
		sha512: string;
		fileLicense: string | null;
		/** Property of the object it stands in: mainFile, auxiliaryFile, invitation, resultsProtocol, resolutionFile … */
		place: string;
		order: number;
		meeting: string[];
		paper: string[];
	};
	Location: {
		description: string;
		room: string;
		streetAddress: string;
		postalCode: string;
		locality: string;
		accessibility: string;
		subLocality: string;
		/** As it was told. */
		geojson: object | null;
		/** Of a town's list of districts. */
		district: SaidDistrict | null;
	};
}

/** What this program tells of a district of its list (docs/oparl.md). */
export interface SaidDistrict {
	shortName: string;
	position: number;
	offered: boolean;
}

/** A vote, as this program tells it (docs/oparl.md). */
export type SaidVote = Omit<VoteSource, 'organisation'> & { organization: string | null };

/** An election, as this program tells it. */
export type SaidElection = sessionsOfOthers.TakenElection;

/** A duty to report, as this program tells it; days are ISO. */
export interface SaidDuty {
	/** By which a paper and a resolution tell the same one. */
	id: string;
	subject: string;
	recipient: string | null;
	department: string | null;
	rhythm: string;
	state: string;
	endDate: string | null;
	endCount: number | null;
	endCondition: string;
	due: { date: string; state: string; papers: string[] }[];
}

/** What became of a station, as this program tells it; days are ISO. */
export interface SaidOutcome {
	plannedOn: string | null;
	heldOn: string | null;
	skipped: boolean;
	/** In the words of this program. */
	result: string;
	note: string;
	votes: {
		organization: string | null;
		yes: number | null;
		no: number | null;
		abstain: number | null;
		unanimous: boolean;
	}[];
}

/** A seat of a body and who held it, as this program tells it. */
export interface SaidSeat {
	number: number;
	kind: string;
	label: string;
	voting: boolean;
	organization: string | null;
	appointedBy: string;
	startDate: string;
	endDate: string | null;
	holders: { membership: string; startDate: string; endDate: string | null }[];
}

/** Who was there, as this program tells it; links instead of ids. */
export type SaidAttendance = Omit<AttendanceSource, 'council'> & { organization: string | null };

/** What was found about the quorum, as this program tells it. */
export interface SaidQuorum {
	organization: string | null;
	stated: boolean | null;
	statedPresent: number | null;
	at: string | null;
	base: number | null;
	needed: number | null;
	present: number | null;
	quorate: boolean | null;
}

export type ForeignKind = keyof Said;

/** One object. Embedded ones come after the object that they stand in. */
export type Foreign = {
	[K in ForeignKind]: {
		kind: K;
		/** Its address, or one made of where it stands when it has none. */
		id: string;
		/** The object it stood in. */
		parent: string | null;
		/** The outermost object it stood in, or itself. */
		root: string;
		created: string | null;
		web: string | null;
		license: string | null;
		/** It is gone: what it says is empty. */
		deleted: boolean;
		said: Said[K];
	};
}[ForeignKind];

/** Properties that hold objects of which kind. */
export const INSIDE: Partial<Record<ForeignKind | 'Body', Record<string, ForeignKind>>> = {
	Body: { legislativeTerm: 'LegislativeTerm' },
	Organization: { membership: 'Membership' },
	Person: { membership: 'Membership' },
	Meeting: {
		location: 'Location',
		invitation: 'File',
		resultsProtocol: 'File',
		verbatimProtocol: 'File',
		auxiliaryFile: 'File',
		agendaItem: 'AgendaItem',
	},
	AgendaItem: { resolutionFile: 'File', auxiliaryFile: 'File' },
	Paper: { mainFile: 'File', auxiliaryFile: 'File', consultation: 'Consultation', location: 'Location' },
};
