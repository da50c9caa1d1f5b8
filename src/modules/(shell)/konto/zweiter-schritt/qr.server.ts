import encodeQR from 'qr';

/** Light modules around the code that readers need to find it. */
const QUIET = 4;

/** A QR code as one path of squares, one unit each, with its quiet zone. */
export interface QrPicture {
	/** Units on each side. */
	size: number;
	path: string;
}

/** @param text what a camera shall read, e.g. `otpauth://…`; stays on this page and is never logged */
export function qrPicture(text: string): QrPicture {
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
	const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
	return { size: rows.length, path };
}
