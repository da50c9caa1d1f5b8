/** One request with nothing done to the answer: bodies stay compressed as they travel. */
import { get, type IncomingHttpHeaders } from 'node:http';

export interface Wire {
	status: number;
	headers: IncomingHttpHeaders;
	bytes: Buffer;
}

/** @param headers as a visitor's browser sends them when nothing is said */
export function ask(url: string, headers: Record<string, string> = {}): Promise<Wire> {
	return new Promise((resolve, reject) => {
		const request = get(url, { headers, agent: false }, async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk as Buffer);
			resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(chunks) });
		});
		request.on('error', reject);
	});
}

/** What every browser sends. */
export const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, deflate, br' };
