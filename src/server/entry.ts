/** The HTTP server: node:http in front of SvelteKit's handler. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '#kernel/errors.ts';
import { beforeKit } from './before-kit.ts';
import { settleHeaders, type Trust } from './forwarded.ts';
import { observe, type Observing } from './observing.ts';

/** What adapter-node exports from `build/handler.js`. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => unknown;

export interface EntryOptions extends Trust, Pick<Observing, 'log'> {
	handler: Handler;
	/** Told about errors that nothing else caught; the client gets a bare 500. */
	onError: (error: unknown) => void;
}

export interface Entry {
	server: Server;
	/** Accepts no more connections, lets running requests finish; cuts them off when `hurry` fires. */
	drain(hurry: AbortSignal): Promise<void>;
}

/** Who sends nothing, or one byte a minute, must not hold a connection. Uploads may take minutes, pauses may not. */
const TIMEOUTS = { headers: 15_000, request: 600_000, keepAlive: 65_000, idle: 120_000, checks: 5000 };

export function createEntry(options: EntryOptions): Entry {
	const open = new Set<ServerResponse>();
	let draining = false;
	const server = createServer(
		{
			headersTimeout: TIMEOUTS.headers,
			requestTimeout: TIMEOUTS.request,
			keepAliveTimeout: TIMEOUTS.keepAlive,
			connectionsCheckingInterval: TIMEOUTS.checks,
		},
		(req, res) => {
			open.add(res);
			res.on('close', () => open.delete(res));
			if (draining) res.shouldKeepAlive = false;
			answer(req, res, options).catch((error: unknown) => fail(res, error, options));
		},
	);
	server.setTimeout(TIMEOUTS.idle);
	return {
		server,
		drain(hurry) {
			draining = true;
			return drain(server, open, hurry);
		},
	};
}

async function answer(req: IncomingMessage, res: ServerResponse, options: EntryOptions): Promise<void> {
	const isSettled = settleHeaders(req, options);
	return observe(req, res, options, async () => {
		if (!isSettled) return end(res, 400, 'Bad Request');
		await answerWatched(req, res, options);
	});
}

async function answerWatched(req: IncomingMessage, res: ServerResponse, options: EntryOptions): Promise<void> {
	for (const ask of beforeKit) {
		const answered = ask(req, res);
		if (answered === true || (answered !== false && (await answered))) return;
	}
	await options.handler(req, res, () => end(res, 404, 'Not Found'));
}

function fail(res: ServerResponse, error: unknown, { onError }: EntryOptions): void {
	onError(error);
	if (res.headersSent) res.destroy();
	else end(res, 500, 'Internal Server Error');
}

function end(res: ServerResponse, status: number, text: string): void {
	res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

async function drain(server: Server, open: Set<ServerResponse>, hurry: AbortSignal): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	for (const res of open) {
		res.shouldKeepAlive = false;
		// Streams of events never end by themselves; their readers come back and resume. (Kit sets headers one by one.)
		if (String(res.getHeader('content-type')).startsWith('text/event-stream')) res.destroy();
	}
	server.closeIdleConnections();
	const cut = () => server.closeAllConnections();
	if (hurry.aborted) cut();
	hurry.addEventListener('abort', cut, { once: true });
	await closed;
	hurry.removeEventListener('abort', cut);
}

/**
 * Begins to accept connections.
 * @returns the port (interesting when 0 was asked for)
 * @throws UserError when the address cannot be taken
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

/** Finds out early, before minutes of building, whether the address can be taken. */
export async function probeAddress(host: string, port: number): Promise<void> {
	if (port === 0) return;
	const server = createServer();
	await listen(server, host, port);
	await new Promise((resolve) => server.close(resolve));
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): UserError {
	const sentences: Record<string, string> = {
		EADDRINUSE: `Port ${port} auf ${host} ist schon belegt; mit PORT lässt sich ein anderer angeben.`,
		EACCES: `Port ${port} darf dieser Benutzer nicht öffnen; Ports ab 1024 sind frei wählbar (PORT).`,
		EADDRNOTAVAIL: `Die Adresse ${host} gehört nicht zu diesem Rechner (HOST).`,
		ENOTFOUND: `Den Rechnernamen ${host} gibt es nicht (HOST).`,
	};
	const sentence = sentences[error.code ?? ''] ?? `Auf ${host}:${port} lässt sich nicht lauschen: ${error.message}`;
	return new UserError(sentence, { cause: error });
}
