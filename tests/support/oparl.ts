/** What other programs read of the town, found by the interface's own links. */
import type { App } from './app.ts';

interface List {
	data: Record<string, unknown>[];
	links: { next?: string };
}

/**
 * The first object of one of the town's lists that fits, or undefined.
 * @param property of the Body that names the list, e.g. 'paper'
 * @param since also deleted objects, from this moment on
 */
export async function toldToPrograms(
	app: Pick<App, 'url'>,
	property: string,
	fits: (object: Record<string, unknown>) => boolean,
	since?: string,
): Promise<Record<string, unknown> | undefined> {
	const read = async (address: string) => (await fetch(address)).json() as Promise<List>;
	const [town] = (await read(`${app.url}/oparl/v1.1/body`)).data;
	const asked = since ? `?${new URLSearchParams({ modified_since: since })}` : '';
	for (let next: string | undefined = String(town![property]) + asked; next;) {
		const { data, links }: List = await read(next);
		const found = data.find(fits);
		if (found) return found;
		next = links.next;
	}
	return undefined;
}
