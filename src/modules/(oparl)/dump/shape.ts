/** How a town lies in a folder as OParl (docs/oparl.md, "Dump"). Pure: who reads one needs the same names. */
import type { OparlType } from '../project/node.ts';

export const DUMP_FORMAT = 'mitrat-oparl-dump';
export const DUMP_VERSION = 1;

/** Files of the external lists by the last part of their address. */
export const DUMP_LISTS = {
	organization: 'Organization',
	person: 'Person',
	membership: 'Membership',
	meeting: 'Meeting',
	agendaitem: 'AgendaItem',
	paper: 'Paper',
	consultation: 'Consultation',
	file: 'File',
	location: 'Location',
	legislativeterm: 'LegislativeTerm',
} as const satisfies Record<string, OparlType>;

export type DumpList = keyof typeof DUMP_LISTS;

export interface DumpManifest {
	format: typeof DUMP_FORMAT;
	version: typeof DUMP_VERSION;
	oparlVersion: string;
	town: string;
	/** Address of the Body object. */
	body: string;
	/** What all addresses begin with. */
	origin: string;
	/** When it was written. */
	written: string;
	/** Newest `modified` of all objects. */
	newest?: string;
	objects: Record<DumpList | 'deleted', number>;
	files: DumpedFile[];
}

export interface DumpedFile {
	/** Beneath the folder, with slashes. */
	path: string;
	/** Bytes. */
	size: number;
	/** Hexadecimal. */
	sha512: string;
}
