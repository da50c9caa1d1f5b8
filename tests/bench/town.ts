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
