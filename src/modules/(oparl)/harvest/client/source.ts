import type { Findings } from '../reading/findings.ts';
import type { ForeignKind } from '../reading/foreign.ts';

/** A body of another system, and where its lists are. */
export interface ForeignBody {
	id: string;
	name: string;
	shortName: string;
	ags: string;
	web: string | null;
	modified: string | null;
	/** Addresses, or entries that stand in the body itself; only lists that it names. */
	lists: Partial<Record<ForeignKind, string | unknown[]>>;
	mainOrganization: string | null;
	license: string | null;
}

export interface ForeignSystem {
	id: string;
	name: string;
	/** '1.0', '1.1', or what it says. */
	version: string;
	license: string | null;
	bodies: ForeignBody[];
}

/** What was remembered of a page of a list, so that it need not be sent again. */
export interface KnownPage {
	etag: string | null;
	lastModified: string | null;
	/** Address of the page that follows. */
	next: string | null;
}

export interface ListPage extends KnownPage {
	address: string;
	/** Null: it says the same as `KnownPage`. */
	entries: unknown[] | null;
}

export interface PageQuestion {
	/** Only what changed since then; ISO. */
	since: string | null;
	/** Go on with this page. */
	from: string | null;
	known: (address: string) => Promise<KnownPage | null>;
}

/** Another system, or a folder with what one told. */
export interface Source {
	/** By which it is known: address of the system, or of the one that wrote the dump. */
	address: string;
	/** Links without an address begin here. */
	base: string;
	/** May it be asked for what changed? */
	tellsChanges: boolean;
	system(findings: Findings): Promise<ForeignSystem>;
	/**
	 * Pages of a list until its end; ends with `false` where it breaks off: then nobody knows what is missing. A list that is
	 * not there is a finding and has no pages.
	 */
	pages(
		body: ForeignBody,
		kind: ForeignKind,
		question: PageQuestion,
		findings: Findings,
	): AsyncGenerator<ListPage, boolean>;
	/** Tombstones kept apart from the lists; empty where they stand in the lists. */
	tombstones(): Promise<unknown[]>;
	/** One object by its address; null for what is not there. */
	object(id: string, findings: Findings): Promise<unknown>;
	/** Bytes of a file; null for what is not there. */
	content(file: { id: string; address: string | null }): Promise<Uint8Array | null>;
	close(): void;
}
