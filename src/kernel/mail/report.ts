/** Reports that come back by mail when another server could not deliver (RFC 3464). */

export interface Report {
	town: string;
	messageId: string;
	/** What the other side says, in one line. */
	response: string;
}

/** Our Message-IDs: `<mail@town.mitrat>`. They stand in the headers of the mail that every report quotes. */
const OURS = /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.mitrat>/;

/**
 * Reads a report. Only a final failure counts: a delay may still end well, and an answer of a holiday notice is no report.
 * @param mail as it arrived, with its headers
 * @returns undefined for everything else
 */
export function readReport(mail: string): Report | undefined {
	const plain = mail.replaceAll('\r\n', '\n');
	const isReport =
		/^content-type:\s*multipart\/report\b/im.test(plain) || /^content-type:\s*message\/delivery-status/im.test(plain);
	const action = field(plain, 'Action')?.toLowerCase();
	const status = field(plain, 'Status') ?? '';
	const [messageId, , town] = OURS.exec(plain) ?? [];
	if (!isReport || action !== 'failed' || !status.startsWith('5') || !messageId || !town) return undefined;
	const diagnosis = field(plain, 'Diagnostic-Code')?.replace(/^smtp;\s*/i, '');
	return { town, messageId, response: [status, diagnosis].filter(Boolean).join(' ').slice(0, 500) };
}

/** A field's value with its continued lines. */
function field(text: string, name: string): string | undefined {
	const [, value] = new RegExp(`^${name}:[ \\t]*((?:.|\\n[ \\t])*)$`, 'im').exec(text) ?? [];
	return value?.replace(/\s+/g, ' ').trim();
}
