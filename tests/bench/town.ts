/** What stands in the demonstration town, asked as any other program would. */
import { ask } from './wire.ts';

interface Sessions {
	meetings: { url: string; state: string; items: unknown[] }[];
}

/** Short names (the last part of the address) of the public sessions, those with the most items first. */
export async function sessions(origin: string): Promise<{ slug: string; state: string }[]> {
	const { bytes } = await ask(`${origin}/sitzungen.json`);
	const { meetings } = JSON.parse(bytes.toString()) as Sessions;
	const sorted = meetings.sort((a, b) => b.items.length - a.items.length);
	return sorted.map(({ url, state }) => ({ slug: url.split('/').at(-1)!, state }));
}

/** The public session with the most items: the heaviest page of the town. */
export async function fullestSession(origin: string): Promise<string> {
	return (await sessions(origin))[0]!.slug;
}

/** Of the town in OParl: its body, its list of papers, one of them, and the page for people that this one names. */
export async function oparlPlaces(origin: string): Promise<Record<'body' | 'list' | 'object' | 'page', string>> {
	const read = async (address: string) => JSON.parse((await ask(here(address))).bytes.toString());
	const here = (address: string) => origin + pathOf(address);
	const system = await read('/oparl/v1.1/system');
	const [body] = (await read(system.body)).data;
	const [paper] = (await read(body.paper)).data;
	return { body: pathOf(body.id), list: pathOf(body.paper), object: pathOf(paper.id), page: pathOf(paper.web) };
}

function pathOf(address: string): string {
	const { pathname, search } = new URL(address, 'http://localhost');
	return pathname + search;
}
