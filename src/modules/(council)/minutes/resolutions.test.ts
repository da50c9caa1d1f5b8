import { expect, test } from 'vitest';
import { OPERATOR } from '#kernel/access/actor.ts';
import { write } from '#kernel/write.ts';
import { demonstrationTown } from '../demo/town.fixture.ts';
import { nextResolutionNumber } from './resolutions.server.ts';

const demo = await demonstrationTown();
const [body] = await demo.database.sql<{ id: string }>(`select id from council.council_body where slug = 'beirat'`);
const YEAR = 2031;
const next = (fail = false) =>
	demo.as(OPERATOR, (ctx) =>
		write(ctx, async (tx) => {
			const number = await nextResolutionNumber(tx, body!.id, YEAR);
			if (fail) throw new Error('rolled back');
			return number;
		}),
	);

test('numbers of resolutions are given once each, even at once, and none is left out when something fails', async () => {
	const tries = await Promise.allSettled([next(), next(true), next(), next(), next(true), next()]);
	const given = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	expect(given.toSorted()).toEqual(['1/2031', '2/2031', '3/2031', '4/2031']);
	expect(await next()).toBe('5/2031');
});
