import type { Ctx } from '#kernel/ctx.ts';
import { isId } from '#kernel/ids.ts';
import { typeOfPath } from '../project/node.ts';
import { listPage, type ListOf } from './lists.server.ts';
import { packedPage } from './packed-lists.server.ts';
import { bodies, bodyOf, LISTS, objectOf, systemOf } from './objects.server.ts';
import { readWindow } from './window.ts';

/** What stands under an address: JSON, another address, or why there is nothing. */
export type Found =
	{ json: string } | { gzip: Uint8Array } | { moved: string } | { status: 400 | 404; message: string; debug: string };

const NOTHING: Found = {
	status: 404,
	message: 'Hier gibt es nichts.',
	debug: 'unknown address or object; begin at /oparl/v1.1/system',
};

/**
 * @param path beneath the interface, without a slash in front
 * @param packedFor the town's address, where lists may come packed
 */
export async function read(ctx: Ctx, path: string, parameters: URLSearchParams, packedFor?: string): Promise<Found> {
	const canonical = path
		.toLowerCase()
		.replace(/\/+$/, '')
		.replace(/\/{2,}/g, '/');
	if (canonical !== path) return { moved: canonical || 'system' };
	if (path === '') return { moved: 'system' };
	if (path === 'system') return { json: systemOf(ctx) };
	const [first, id, list, ...rest] = path.split('/');
	if (rest.length) return NOTHING;
	if (path === 'body') return { json: await bodies(ctx, /^(true|1)$/.test(parameters.get('omit_internal') ?? '')) };
	if (!id || !isId(id)) return NOTHING;
	if (list !== undefined) return readList(ctx, listOf(ctx, first!, id, list), parameters, packedFor);
	if (first === 'body') return id === ctx.body.id ? { json: await bodyOf(ctx) } : NOTHING;
	const type = typeOfPath(first!);
	const json = type && (await objectOf(ctx, type, id));
	return json ? { json } : NOTHING;
}

function listOf(ctx: Ctx, owner: string, id: string, list: string): ListOf | null {
	const known = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
	if (!known) return null;
	const path = `/${owner}/${id}/${list}`;
	if (owner === 'body') return id === ctx.body.id ? { type: known.type, path } : null;
	const ofOrganisation = owner === 'organization' && (list === 'meeting' || list === 'consultation');
	return ofOrganisation ? { type: known.type, path, organisation: id } : null;
}

async function readList(
	ctx: Ctx,
	list: ListOf | null,
	parameters: URLSearchParams,
	packedFor?: string,
): Promise<Found> {
	if (!list) return NOTHING;
	const window = readWindow(parameters);
	if ('unreadable' in window) {
		return {
			status: 400,
			message: 'Diese Angabe ist nicht zu lesen.',
			debug: `parameter ${window.unreadable} is not readable`,
		};
	}
	if (list.organisation && !(await objectOf(ctx, 'Organization', list.organisation))) return NOTHING;
	if (packedFor && !window.omitInternal) return { gzip: await packedPage(ctx, list, window, packedFor) };
	return { json: await listPage(ctx, list, window) };
}
