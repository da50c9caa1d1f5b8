import type { Reroute } from '@sveltejs/kit/hooks';
import { splitPath } from '#kernel/i18n/locales.ts';

/** '/ar/sitzungen' is the route '/sitzungen' in Arabic. */
export const reroute: Reroute = ({ url }) => splitPath(url.pathname).path;
