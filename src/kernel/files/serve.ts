import { formatFacts, type Format } from './formats.ts';

export type ServedFile = {
	/** As it was uploaded; any characters. */
	fileName: string;
	format: Format;
	/** As `detectFormat` gave it. */
	mediaType: string;
	/** Bytes. */
	size: number;
};

/** What browsers show themselves. */
const INLINE: ReadonlySet<Format> = new Set(['pdf', 'png', 'jpeg', 'txt']);

/**
 * The headers under which an uploaded file may be sent: never as active content, whatever is in it.
 * `inline` asks for showing it; what runs script is saved in any case, and of the rest browsers save what they can't show. Caching
 * is left to the caller, who knows whether the file is public.
 */
export function servingHeaders(file: ServedFile, { inline = false } = {}): Record<string, string> {
	const shown = inline && INLINE.has(file.format);
	const asked = inline && !formatFacts(file.format).active;
	return {
		'content-type': safeMediaType(file),
		'content-length': String(file.size),
		'content-disposition': contentDisposition(asked ? 'inline' : 'attachment', file.fileName),
		'x-content-type-options': 'nosniff',
		'content-security-policy': policy(shown ? file.format : null),
		'cross-origin-resource-policy': 'same-origin',
		'x-frame-options': 'SAMEORIGIN',
	};
}

/** Active formats go out as bytes without meaning, should one ever have been stored. */
function safeMediaType({ format, mediaType }: ServedFile): string {
	return formatFacts(format).active ? 'application/octet-stream' : mediaType;
}

/** Browsers refuse to show a PDF in a sandbox; their viewer has no access to the page, and nothing else may load. */
function policy(shown: Format | null): string {
	const nothing = "default-src 'none'; frame-ancestors 'self'";
	return shown === 'pdf' ? `${nothing}; object-src 'self'; style-src 'unsafe-inline'` : `${nothing}; sandbox`;
}

/** The name for old clients in ASCII, for all others in full (RFC 6266, RFC 8187). */
function contentDisposition(kind: 'inline' | 'attachment', fileName: string): string {
	const name = safeName(fileName);
	const ascii = name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/ß/g, 'ss')
		.replace(/[^\x20-\x7E]|["\\%]/g, '_');
	const encoded = encodeURIComponent(name).replace(
		/['()*]/g,
		(each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** No paths, no control or direction characters (which could hide an `.exe`), no lone surrogates, not too long. */
function safeName(fileName: string): string {
	const last = fileName.toWellFormed().split(/[/\\]/).at(-1)!;
	const visible = last.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').replace(/^[.\s]+|[.\s]+$/g, '');
	const [, stem, extension] = /^(.*?)(\.[^.]{1,10})?$/s.exec(visible)!;
	return (
		`${Array.from(stem ?? '')
			.slice(0, 150)
			.join('')}${extension ?? ''}` || 'datei'
	);
}
