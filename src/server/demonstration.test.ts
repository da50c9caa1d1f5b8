import { expect, test } from 'vitest';
import { freshDatabase } from '../../tests/support/database.ts';
import { VISITOR } from '#kernel/access/actor.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import { meetingRows, meetingView } from '#server/council';
import { loadDemonstration } from './demonstration.ts';
import { townInside } from './steps.ts';

const { owner, app, sql } = await freshDatabase({ MITRAT_MODE: 'demo' });

test('the demonstration town has a year of sessions behind it and one ahead', async () => {
	await sql('delete from kernel.town');
	forgetTowns();
	await loadDemonstration({ owner, app, embedded: false, joined: true, close: async () => undefined });
	const [town] = await allTowns();
	const ctx = contextFor(town!, VISITOR);
	const past = await meetingRows(ctx, { when: 'past' });
	const coming = await meetingRows(ctx, { when: 'coming' });
	expect(past.length).toBeGreaterThanOrEqual(7);
	expect(coming).toHaveLength(1);
	const last = await meetingView(ctx, past[0]!.slug);
	expect(last.quorum?.computed.outcome).toEqual({ base: 15, needed: 8, present: 9, quorate: true, because: 'counted' });
	const closed = last.items.find((item) => !item.public);
	expect(closed).toMatchObject({ hidden: true, title: 'Personalangelegenheit', result: null });
	expect(ctx.scope.queries).toBe(3);
	await endRequest(ctx);
});

test('a loading that was cut off is seen by nobody, and the next start loads anew', async () => {
	const database = { owner, app, embedded: false, joined: true, close: async () => undefined };
	expect(await townInside(database)).toBe('demonstration');
	await sql(`update kernel.town set settings = settings || '{"loading": true}'`);
	forgetTowns();
	expect(await allTowns()).toEqual([]);
	expect(await townInside(database)).toBe('none');
	await loadDemonstration(database);
	expect(await townInside(database)).toBe('demonstration');
	expect(await allTowns()).toHaveLength(1);
});
