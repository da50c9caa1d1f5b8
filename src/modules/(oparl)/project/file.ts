import type { FileElsewhere } from '#kernel/taken-from.ts';
import { linkTo, linksTo, pageAt, plain, type Node } from './node.ts';

/** A file as a record offers it to the public. */
export interface FileSource {
	/** Of the place where it is offered; the same content offered twice is two files. */
	id: string;
	fileId: string;
	title: string;
	name: string;
	mediaType: string;
	size: number;
	sha512: string;
	created: string;
}

/** `accessUrl` shows it, `downloadUrl` saves it (OParl 1.1, 3.10). */
export function fileNode(file: FileSource, of: { meeting?: string[]; agendaItem?: string[]; paper?: string[] }): Node {
	return {
		type: 'File',
		id: file.id,
		fileId: file.fileId,
		created: Temporal.Instant.from(file.created),
		properties: {
			name: plain(file.title),
			fileName: plain(file.name),
			mimeType: file.mediaType,
			size: file.size,
			sha512Checksum: file.sha512,
			accessUrl: pageAt(`/dateien/${file.fileId}`),
			downloadUrl: pageAt(`/dateien/${file.fileId}?speichern`),
			meeting: linksTo('Meeting', of.meeting ?? []),
			agendaItem: linksTo('AgendaItem', of.agendaItem ?? []),
			paper: of.paper?.map((id) => linkTo('Paper', id)),
		},
	};
}

/** A file of a record that was taken over: it lies at the other system, and is shown and saved there. */
export function elsewhereNode(
	file: FileElsewhere,
	of: { meeting?: string[]; agendaItem?: string[]; paper?: string[] },
): Node {
	return {
		type: 'File',
		id: file.id,
		created: Temporal.Instant.from(file.created),
		properties: {
			name: plain(file.title),
			fileName: plain(file.name),
			mimeType: file.mediaType,
			size: file.size,
			accessUrl: plain(file.url),
			meeting: linksTo('Meeting', of.meeting ?? []),
			agendaItem: linksTo('AgendaItem', of.agendaItem ?? []),
			paper: of.paper?.map((id) => linkTo('Paper', id)),
		},
	};
}
