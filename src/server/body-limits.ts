/** How much a request may send. Only people who are signed in hand over files; everybody else types into forms. */
import type { BeforeKit } from './before-kit.ts';

/** Of all bodies, bytes: two of the largest documents in one upload, with their form around. */
export const MOST_BYTES = 110 * 1024 * 1024;
/** Without a session, bytes: the longest form is far below. */
export const MOST_BYTES_OF_VISITORS = 1024 * 1024;

/**
 * Refuses large or unmeasured bodies of visitors before anything is read into memory. Whoever invents a cookie meets the
 * framework's limit, which counts what really arrives.
 */
export const refuseLargeBodies: BeforeKit = (req, res) => {
	if (req.method === 'GET' || req.method === 'HEAD' || req.headers.cookie !== undefined) return false;
	const length = req.headers['content-length'];
	const measured = length !== undefined || req.headers['transfer-encoding'] === undefined;
	if (measured && Number(length ?? 0) <= MOST_BYTES_OF_VISITORS) return false;
	res.writeHead(measured ? 413 : 411, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
	res.end(measured ? 'Payload Too Large' : 'Length Required');
	req.destroy();
	return true;
};
