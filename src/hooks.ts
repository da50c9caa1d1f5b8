import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { splitPath } from '#kernel/i18n/locales.ts';

/** '/ar/sitzungen' is the route '/sitzungen' in Arabic. */
export const reroute: Reroute = ({ url }) => splitPath(url.pathname).path;

/** See `ServerOnly`: its content never leaves the server. */
export const transport: Transport = {
	ServerOnly: {
		encode: (value) => value instanceof ServerOnly && 1,
		decode: () => {
			throw new Error('this page needs its data in the browser: don’t wrap it in ServerOnly');
		},
	},
};
