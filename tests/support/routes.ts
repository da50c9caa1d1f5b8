import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One way to ask the application: an address and a method, or a form action of a page. */
export interface Way {
	/** As in the address: `/sitzungen/[slug]`, without the folders of modules. */
	path: string;
	method: string;
	/** Name of the form action, `default` included; missing for endpoints and for reading pages. */
	action?: string;
}

interface Manifest {
	routes: {
		id: string;
		page: { leaf: number } | null;
		endpoint: (() => Promise<Record<string, unknown>>) | null;
	}[];
	nodes: (() => Promise<{ server?: { actions?: Record<string, unknown> } }>)[];
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Every way of the built application, read from the manifest that it serves by. */
export async function waysOf(buildDir: string): Promise<Way[]> {
	const file = pathToFileURL(join(buildDir, 'server/manifest.js')).href;
	const { manifest } = (await import(file)) as { manifest: Manifest };
	const found: Way[] = [];
	for (const { id, page, endpoint } of manifest.routes) {
		const path = plain(id.replaceAll(/\/\([^)]+\)/g, '') || '/');
		if (page) {
			const node = await manifest.nodes[page.leaf]!();
			found.push({ path, method: 'GET' });
			for (const action of Object.keys(node.server?.actions ?? {})) found.push({ path, method: 'POST', action });
		}
		if (endpoint) {
			const handlers = await endpoint();
			for (const method of METHODS) if (method in handlers) found.push({ path, method });
		}
	}
	return found.sort((a, b) => label(a).localeCompare(label(b), 'en'));
}

/** `[x+2e]` is how a folder's name says "." where the router would not take it. */
function plain(id: string): string {
	return id.replaceAll(/\[[xu]\+([0-9a-f]+)\]/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** `/einlesen/[id] POST ?/sichern` */
export function label({ path, method, action }: Way): string {
	return `${path} ${method}${action ? ` ?/${action}` : ''}`;
}
