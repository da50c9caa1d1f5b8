import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson } from './commands.server.ts';
import { grantsOf } from './grants.server.ts';
import { beginMembership, endMembership } from './memberships.server.ts';

const { ctx: contextOf } = await freshDatabase();
const ctx = contextOf();

/** The days that the properties look at; intervals lie between them, with one day to spare on both sides. */
const FIRST = Temporal.PlainDate.from('2024-02-26');
const DAYS = 10;
const day = (offset: number) => FIRST.add({ days: offset });
const all = Array.from({ length: DAYS + 2 }, (_, offset) => offset - 1);

/** `until` null: open end. Also such that begin at their end, or after it. */
interface Interval {
	from: number;
	until: number | null;
}
const interval = fc.record({
	from: fc.integer({ min: 0, max: DAYS - 1 }),
	until: fc.option(fc.integer({ min: 0, max: DAYS }), { nil: null }),
});
const covers = ({ from, until }: Interval, on: number) => from <= on && (until === null || on < until);

/** Some person with an account, and some body. */
async function somebody(): Promise<{ personId: string; organisationId: string; accountId: string }> {
	const accountId = newId();
	const ids = await write(ctx, async (tx) => ({
		personId: await addPerson(tx, 'Kim Beispiel'),
		organisationId: await addOrganisation(tx, { name: `Runde ${accountId}`, type: 'committee' }),
	}));
	await write(ctx, async (tx) => {
		await tx.db.updateTable('registry.person').set({ account_id: accountId }).where('id', '=', ids.personId).execute();
		tx.touch('registry.person', ids.personId, { act: 'linked' });
	});
	return { ...ids, accountId };
}

async function isMember(accountId: string, on: number): Promise<boolean> {
	const grants = await write(ctx, (tx) => grantsOf(tx.db, accountId, day(on)));
	return grants.some(({ role }) => role === 'member');
}

const memberOn = async (accountId: string) => {
	const days: number[] = [];
	for (const on of all) if (await isMember(accountId, on)) days.push(on);
	return days;
};

test('the first day counts and the last does not; touching periods stand beside each other, overlapping ones are refused', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(interval, { minLength: 1, maxLength: 4 }), async (given) => {
			const { accountId, personId, organisationId } = await somebody();
			const kept: Interval[] = [];
			for (const one of given) {
				const isPeriod = one.until === null || one.until > one.from;
				const overlaps = kept.some(
					(other) =>
						all.some((on) => covers(one, on) && covers(other, on)) || (one.until === null && other.until === null),
				);
				const period = { from: day(one.from), until: one.until === null ? null : day(one.until) };
				const added = await write(ctx, (tx) =>
					addMembership(tx, { personId, organisationId, kind: 'member', votingRight: true, ...period }),
				).then(
					() => true,
					() => false,
				);
				expect(added, JSON.stringify({ kept, one })).toBe(isPeriod && !overlaps);
				if (added) kept.push(one);
			}
			expect(await memberOn(accountId)).toEqual(all.filter((on) => kept.some((one) => covers(one, on))));
		}),
		{ numRuns: 25 },
	);
});

test('a membership that ends on a day leaves that very day to the next one, and a designated one counts from its beginning', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: DAYS - 2 }), async (change) => {
			const { accountId, personId, organisationId } = await somebody();
			const add = (from: number | null) =>
				write(ctx, (tx) =>
					addMembership(tx, {
						personId,
						organisationId,
						kind: 'member',
						votingRight: true,
						from: from === null ? null : day(from),
					}),
				);
			const first = await add(0);
			const next = await add(null);
			await write(ctx, (tx) => endMembership(tx, first, { until: day(change), reason: 'termEnd' }));
			expect(await memberOn(accountId)).toEqual(all.filter((on) => on >= 0 && on < change));
			await expect(write(ctx, (tx) => beginMembership(tx, next, day(change - 1)))).rejects.toThrow();
			await write(ctx, (tx) => beginMembership(tx, next, day(change)));
			expect(await memberOn(accountId)).toEqual(all.filter((on) => on >= 0));
			await expect(write(ctx, (tx) => endMembership(tx, first, { until: null, reason: null }))).rejects.toThrow();
			await expect(
				write(ctx, (tx) => endMembership(tx, next, { until: day(change), reason: 'other' })),
			).rejects.toThrow();
		}),
		{ numRuns: 8 },
	);
});

test('kinds do not exclude each other: who is in for one period may be substitute in the same', async () => {
	const { accountId, personId, organisationId } = await somebody();
	const period = { from: day(0), until: day(3) };
	for (const kind of ['member', 'substitute'] as const)
		await write(ctx, (tx) => addMembership(tx, { personId, organisationId, kind, votingRight: false, ...period }));
	expect(await memberOn(accountId)).toEqual([0, 1, 2]);
});
