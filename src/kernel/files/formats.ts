type FormatFacts = {
	mediaType: string;
	extension: string;
	/** Text can be taken out of it. */
	readable?: true;
	/** Could run script in a browser: never accepted as an upload. */
	active?: true;
};

/** Every format that is recognised by content. `readable` ones have a reader in this room. */
export const FORMATS = {
	pdf: { mediaType: 'application/pdf', extension: 'pdf', readable: true },
	docx: {
		mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		extension: 'docx',
		readable: true,
	},
	odt: { mediaType: 'application/vnd.oasis.opendocument.text', extension: 'odt', readable: true },
	txt: { mediaType: 'text/plain', extension: 'txt', readable: true },
	md: { mediaType: 'text/markdown', extension: 'md', readable: true },
	png: { mediaType: 'image/png', extension: 'png' },
	jpeg: { mediaType: 'image/jpeg', extension: 'jpg' },
	gif: { mediaType: 'image/gif', extension: 'gif' },
	webp: { mediaType: 'image/webp', extension: 'webp' },
	tiff: { mediaType: 'image/tiff', extension: 'tif' },
	svg: { mediaType: 'image/svg+xml', extension: 'svg', active: true },
	html: { mediaType: 'text/html', extension: 'html', active: true },
	xml: { mediaType: 'application/xml', extension: 'xml', active: true },
	doc: { mediaType: 'application/msword', extension: 'doc' },
	xls: { mediaType: 'application/vnd.ms-excel', extension: 'xls' },
	ppt: { mediaType: 'application/vnd.ms-powerpoint', extension: 'ppt' },
	rtf: { mediaType: 'application/rtf', extension: 'rtf' },
	xlsx: {
		mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		extension: 'xlsx',
	},
	pptx: {
		mediaType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		extension: 'pptx',
	},
	ods: { mediaType: 'application/vnd.oasis.opendocument.spreadsheet', extension: 'ods' },
	odp: { mediaType: 'application/vnd.oasis.opendocument.presentation', extension: 'odp' },
	epub: { mediaType: 'application/epub+zip', extension: 'epub' },
	zip: { mediaType: 'application/zip', extension: 'zip' },
	'office-encrypted': { mediaType: 'application/octet-stream', extension: 'docx' },
	empty: { mediaType: 'application/octet-stream', extension: '' },
	unknown: { mediaType: 'application/octet-stream', extension: '' },
} as const satisfies Record<string, FormatFacts>;

export type Format = keyof typeof FORMATS;

/** Formats whose text `extractText` returns. */
export type ReadableFormat = 'pdf' | 'docx' | 'odt' | 'txt' | 'md';

/** The facts of a format, with the optional ones spelled out. */
export function formatFacts(format: Format): FormatFacts {
	return FORMATS[format];
}
