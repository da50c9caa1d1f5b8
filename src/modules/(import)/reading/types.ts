// What a reader understands of one document. The JSON keys are the public format of `mitrat import --dry-run --json`;
// `spans` and the structured warnings are for the review page.

export type Kind = 'minutes' | 'invitation' | 'paper' | 'information' | 'documentation' | 'unknown';

export type AttendanceStatus = 'present' | 'excused' | 'absent' | 'unknown';

export type Attendee = {
	/** As printed, with Dr./Prof. but without Herr/Frau and without offices. */
	name: string;
	org: string | null;
	role: string | null;
	/** The heading the person stands under. */
	group: string | null;
	/** null when the document doesn't say. */
	voting: boolean | null;
	status: AttendanceStatus;
	substituteFor: string | null;
	/** HH:MM, or as printed ("TOP 5"). */
	from: string | null;
	until: string | null;
};

export type AgendaItem = { number: string | null; title: string; text: string | null };

export type Vote = {
	item: string | null;
	text: string;
	yes: number | null;
	no: number | null;
	abstain: number | null;
	unanimous: boolean;
};

export type Task = { item: string | null; who: string | null; what: string; due: string | null };

export type NextDate = {
	date: string;
	start: string | null;
	end: string | null;
	title: string | null;
	location: string | null;
};

export type Consultation = { body: string; date: string | null; public: boolean | null; role: string | null };

export type Field = {
	number: string | null;
	title: string;
	guidelines: string[];
	approaches: string[];
	cards: string[];
};

export type WarningCode =
	| 'kind-unknown'
	| 'text-too-short'
	| 'form-empty'
	| 'date-missing'
	| 'date-ambiguous'
	| 'weekday-differs'
	| 'end-before-start'
	| 'next-date-before-session'
	| 'quorum-differs'
	| 'quorum-denied'
	| 'vote-exceeds-present'
	| 'unanimous-with-no'
	| 'person-twice'
	| 'same-name'
	| 'person-not-understood'
	| 'status-not-understood'
	| 'agenda-number-gap'
	| 'agenda-number-twice'
	| 'paper-number-missing'
	| 'paper-number-doubtful'
	| 'consultation-before-paper'
	| 'struck-text';

export type Warning = {
	code: WarningCode;
	params: Record<string, string | number>;
	/** Offsets into the original text; null when the whole document is meant. */
	start: number | null;
	end: number | null;
};

export type Confidence = 'sure' | 'doubtful';

/** Why a value is doubtful or differs from the printed words; a key for the message catalogue. */
export type NoteKey =
	| 'derived'
	| 'nominative'
	| 'shared-cell'
	| 'surname-only'
	| 'from-text'
	| 'year-supplied'
	| 'header-in-cell'
	| 'wrapped-line'
	| 'position'
	| 'same-as-number'
	| 'heading-status';

/** Half-open range of UTF-16 offsets into the original `text`. */
export type Provenance = { start: number; end: number; confidence: Confidence; note?: NoteKey };

export type Content = {
	kind: Kind;
	municipality: string | null;
	body: string | null;
	title: string | null;
	sessionNumber: number | null;
	/** ISO date. */
	date: string | null;
	/** HH:MM. */
	start: string | null;
	end: string | null;
	location: string | null;
	public: boolean | null;
	chair: string | null;
	minutesTaker: string | null;
	attendance: Attendee[];
	quorum: { stated: boolean; votingPresent: number | null };
	agenda: AgendaItem[];
	votes: Vote[];
	tasks: Task[];
	nextDates: NextDate[];
	paperReferences: string[];
	number: string | null;
	paperType: string | null;
	department: string | null;
	originator: string | null;
	refersTo: string[];
	signatory: string | null;
	consultations: Consultation[];
	fields: Field[];
};

export type Reading = Content & {
	warnings: Warning[];
	/** JSON pointer (for example "/attendance/3/name") → where it was found. */
	spans: Record<string, Provenance>;
};

export type SourceDocument = { name: string; text: string };
