/** Which protocol, host and client address a request has. SvelteKit reads them from headers, which anybody can send. */
import type { IncomingMessage } from 'node:http';
import { MOST_BYTES } from './body-limits.ts';

export interface Trust {
	/** Number of proxies in front whose headers count. */
	trustProxy: number;
	/** Public addresses: requests for their hosts use their protocol even without a trusted proxy. */
	origins?: readonly string[];
}

/** To be set before `build/handler.js` is imported: it reads them once. */
export function handlerEnvironment({ trustProxy }: Trust): Record<string, string> {
	const always = {
		PROTOCOL_HEADER: 'x-forwarded-proto',
		HOST_HEADER: 'x-forwarded-host',
		BODY_SIZE_LIMIT: String(MOST_BYTES),
	};
	return trustProxy ? { ...always, ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: String(trustProxy) } : always;
}

/**
 * Puts the forwarded headers of a request right: kept from a trusted proxy, ours otherwise.
 * @returns false when the host is not one: such a request gets 400
 */
export function settleHeaders(req: IncomingMessage, trust: Trust): boolean {
	const headers = req.headers;
	if (trust.trustProxy) {
		headers['x-forwarded-proto'] =
			fromProxy(headers['x-forwarded-proto'], trust.trustProxy) === 'https' ? 'https' : 'http';
		const host = fromProxy(headers['x-forwarded-host'], trust.trustProxy);
		if (host) headers['x-forwarded-host'] = host;
		else delete headers['x-forwarded-host'];
		if (!addressesSuffice(headers['x-forwarded-for'], trust.trustProxy)) {
			headers['x-forwarded-for'] = Array<string>(trust.trustProxy)
				.fill(req.socket.remoteAddress ?? '')
				.join(',');
		}
	} else {
		headers['x-forwarded-proto'] = ownProtocol(headers.host, trust.origins);
		delete headers['x-forwarded-host'];
		delete headers['x-forwarded-for'];
	}
	delete headers['x-forwarded-port'];
	delete headers.forwarded;
	return isHost(headers['x-forwarded-host'] ?? headers.host);
}

/** The reader's address, as the application finds it by `handlerEnvironment`; for a request whose headers are settled. */
export function clientAddress({ headers, socket }: IncomingMessage, { trustProxy }: Trust): string {
	if (!trustProxy) return socket.remoteAddress ?? '';
	return fromProxy(headers['x-forwarded-for'], trustProxy) ?? '';
}

/** Each proxy adds one entry on the right; the outermost trusted one is `depth` from there. */
function fromProxy(value: string | string[] | undefined, depth: number): string | undefined {
	const entries = String(value ?? '').split(',');
	return entries[Math.max(0, entries.length - depth)]?.trim();
}

function addressesSuffice(value: string | string[] | undefined, depth: number): boolean {
	return value !== undefined && String(value).split(',').length >= depth;
}

function ownProtocol(host: string | undefined, origins: readonly string[] = []): 'http' | 'https' {
	return origins.includes(`https://${host}`) ? 'https' : 'http';
}

function isHost(host: string | string[] | undefined): boolean {
	return typeof host === 'string' && /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i.test(host);
}
