/** How an OParl server speaks HTTP: to browsers, to those who know the present state, to other spellings of an address. */
import type { Findings } from './finding.ts';
import type { Json } from './objects.ts';

/** Asks without following, and without unpacking being noticed. */
export type Ask = (
	address: string,
	options?: { method?: string; headers?: Record<string, string> },
) => Promise<Response>;

/**
 * @param settled ends when a change that may just have been made lies long enough behind for the seconds of `Last-Modified` to
 * tell two states apart; before, a careful server sends none
 */
export async function checkAnswers(
	address: string,
	ask: Ask,
	findings: Findings,
	settled: () => Promise<void>,
): Promise<void> {
	let headers = await headersOf(address, ask);
	if (!headers.has('last-modified')) {
		await settled();
		headers = await headersOf(address, ask);
	}
	if (headers.get('access-control-allow-origin') !== '*') findings.add('no CORS for every site', address);
	if (!/^application\/json\b/.test(headers.get('content-type') ?? '')) findings.add('not sent as JSON', address);
	await checkUnchanged(address, headers, ask, findings);
	await checkHead(address, headers, ask, findings);
	const packed = await ask(address, { headers: { 'accept-encoding': 'gzip' } });
	await packed.body?.cancel();
	if (packed.headers.get('content-encoding') !== 'gzip') findings.add('not compressed for who takes gzip', address);
	await checkSpelling(address, ask, findings);
	const nothing = `${address.replace(/\/[^/]*$/, '')}/paper/00000000-0000-7000-8000-000000000000`;
	await checkError(nothing, 404, 'what does not exist is not answered with 404 and an Error', ask, findings);
}

async function headersOf(address: string, ask: Ask): Promise<Headers> {
	const answer = await ask(address);
	await answer.arrayBuffer();
	return answer.headers;
}

async function checkUnchanged(address: string, headers: Headers, ask: Ask, findings: Findings): Promise<void> {
	const known = [
		['etag', 'if-none-match', 'no ETag', 'what is unchanged is not answered with 304'],
		['last-modified', 'if-modified-since', 'no Last-Modified', 'what is not newer is not answered with 304'],
	] as const;
	for (const [header, question, missing, ignored] of known) {
		const value = headers.get(header);
		if (!value) findings.add(missing, address);
		else if ((await ask(address, { headers: { [question]: value } })).status !== 304) findings.add(ignored, address);
	}
}

async function checkHead(address: string, headers: Headers, ask: Ask, findings: Findings): Promise<void> {
	const head = await ask(address, { method: 'HEAD' });
	const same = ['content-type', 'etag'].every((name) => head.headers.get(name) === headers.get(name));
	if (head.status !== 200 || !same) findings.add('HEAD is answered otherwise than GET', address);
}

/** An address has one spelling; others lead to it (OParl 1.1, 2.1.1). */
async function checkSpelling(address: string, ask: Ask, findings: Findings): Promise<void> {
	const answer = await ask(`${address}/`);
	await answer.body?.cancel();
	const to = answer.headers.get('location');
	if (answer.status === 200) findings.add('one object under two addresses', `${address}/`);
	else if (![301, 308].includes(answer.status) || !to || new URL(to, `${address}/`).href !== address)
		findings.add('another spelling of an address does not lead to the one', `${address}/`);
}

/** An error says so in OParl's own form (2.9). */
export async function checkError(
	address: string,
	status: number,
	rule: string,
	ask: Ask,
	findings: Findings,
): Promise<void> {
	const answer = await ask(address);
	const error = (await answer.json().catch(() => ({}))) as Json;
	if (answer.status !== status || !String(error.type).endsWith('/Error')) findings.add(rule, address);
}
