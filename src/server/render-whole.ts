/** A visitor's page from the built application, asked for without a connection: by a thread, or in place. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WholeResponse } from '#kernel/http/generated.ts';

export interface Application {
	respond(
		request: Request,
		options: { getClientAddress: () => string; platform: Record<string, never> },
	): Promise<Response>;
}

export interface Asked {
	url: string;
	headers: [string, string][];
	/** The reader's, not a proxy's: limits count by it. */
	address: string;
}

/** The application that the handler of this build speaks to, started. */
export async function applicationIn(buildDir: string): Promise<Application> {
	const load = (file: string) => import(pathToFileURL(join(buildDir, file)).href);
	// Importing the handler starts the application; the other file lets us speak to it without a connection.
	await load('handler.js');
	return ((await load('adapter-node.js')) as { server: Application }).server;
}

/** Asks the application. No signal tells the request of a reader who left: no page listens for it, and each would be registered. */
export function askApplication(application: Application, { url, headers, address }: Asked): Promise<Response> {
	const request = new Request(url, { headers });
	return application.respond(request, { getClientAddress: () => address, platform: {} });
}

/** The bytes of an answer that holds them as they were made; nothing for one that is a stream. */
export function bytesOf(response: Response): Uint8Array | undefined {
	const { whole } = response as Partial<WholeResponse>;
	return whole instanceof Uint8Array ? whole : undefined;
}
