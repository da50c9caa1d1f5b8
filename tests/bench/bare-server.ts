/** A child process: the least that node:http can do with the same bytes. Answers 304 to whoever holds them. */
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/** What the parent sends first. */
export interface Answer {
	headers: OutgoingHttpHeaders;
	/** Base64. */
	body: string;
	/** Reads one row before each answer. */
	read?: { app: pg.PoolConfig; text: string; values: string[] } | undefined;
}

process.once('message', ({ headers, body, read }: Answer) => {
	const bytes = Buffer.from(body, 'base64');
	const pool = read && new pg.Pool({ ...read.app, max: 8 });
	pool?.on('error', () => undefined);
	const server = createServer(async (req, res) => {
		if (read) await pool!.query({ name: 'point', text: read.text, values: read.values });
		if (headers.etag && req.headers['if-none-match'] === headers.etag) res.writeHead(304, { etag: headers.etag }).end();
		else res.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
	});
	server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
process.on('disconnect', () => process.exit());
