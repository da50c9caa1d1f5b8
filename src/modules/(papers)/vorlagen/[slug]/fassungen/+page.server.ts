import { ServerOnly } from '#kernel/http/server-only.ts';
import { baseOf } from '../../../amendments/base.server.ts';
import { comparedVersions, versionRows } from '../../../amendments/versions.server.ts';
import type { PageServerLoad } from './$types';

/** Versions of a paper; `?von=1&bis=2` compares two of them, the last two if nothing is said. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const base = await baseOf(ctx, params.slug);
	const versions = await versionRows(ctx, base);
	const number = (name: string) =>
		/^\d{1,6}$/.test(url.searchParams.get(name) ?? '') ? Number(url.searchParams.get(name)) : 0;
	const [to, from] = [number('bis') || base.version, number('von') || (number('bis') || base.version) - 1];
	const compared = from > 0 && from !== to ? await comparedVersions(ctx, base, from, to) : null;
	return {
		base: { slug: base.slug, reference: base.reference, title: base.title, version: base.version },
		versions,
		compared: new ServerOnly(compared),
	};
};
