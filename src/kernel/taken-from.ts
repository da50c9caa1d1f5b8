/** Where a record of another system was read; stands beside the record as JSON. */
export interface TakenFrom {
	/** Name of the other system, or its host. */
	source: string;
	/** Page for people, or the object's own address. */
	address: string | null;
	/** Files that lie there. */
	files: FileElsewhere[];
	/** What was told of it that no record here can hold; ids are those of records here. */
	told?: { quorum: QuorumElsewhere[] };
}

/** What was found about the quorum there. */
export interface QuorumElsewhere {
	organisation: string | null;
	stated: boolean | null;
	statedPresent: number | null;
	at: string | null;
	outcome: { base: number | null; needed: number | null; present: number | null; quorate: boolean | null };
}

export interface FileElsewhere {
	id: string;
	/** The item of the session it belongs to. */
	itemId?: string | null;
	kind: string;
	title: string;
	name: string;
	mediaType: string;
	size: number | null;
	url: string;
	created: string;
}
