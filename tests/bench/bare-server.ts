/** A child process: the least that node:http can do with the same bytes. Answers 304 to whoever holds them. */
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the parent sends first. */
export interface Answer {
	headers: OutgoingHttpHeaders;
	/** Base64. */
	body: string;
}

process.once('message', ({ headers, body }: Answer) => {
	const bytes = Buffer.from(body, 'base64');
	const server = createServer((req, res) => {
		if (headers.etag && req.headers['if-none-match'] === headers.etag) res.writeHead(304, { etag: headers.etag }).end();
		else res.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
process.on('disconnect', () => process.exit());
