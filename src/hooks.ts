import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { splitPath } from '#kernel/i18n/locales.ts';

/**
 * '/ar/sitzungen' is the route '/sitzungen' in Arabic. Whatever begins like the interface for programs, in any spelling, is its own to
 * lead to the one address.
 */
export const reroute: Reroute = ({ url }) => {
	const { path } = splitPath(url.pathname);
	const found = /^\/oparl(?:\/v1\.1(\/.*)?)?\/?$/i.exec(path);
	return found ? `/oparl/v1.1${found[1] ?? ''}` : path;
};

/** See `ServerOnly`: its content never leaves the server. */
export const transport: Transport = {
	ServerOnly: {
		encode: (value) => value instanceof ServerOnly && 1,
		decode: () => {
			throw new Error('this page needs its data in the browser: don’t wrap it in ServerOnly');
		},
	},
};
