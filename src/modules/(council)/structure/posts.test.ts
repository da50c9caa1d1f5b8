import { expect, test } from 'vitest';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson } from '#server/registry';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { addCouncilBody, addSeat, fillSeat } from '../commands/bodies.server.ts';
import { electedChair, endPost } from './posts.server.ts';
import { eligibleForChair, holdersOf, presidingOn } from './voting.server.ts';

const database = await freshDatabase();
const day = (text: string) => Temporal.PlainDate.from(text);

/** A body of three residents, one advisory member and one successor since 2019. */
async function body(preset: string) {
	return write(database.ctx(), async (tx) => {
		const id = await addOrganisation(tx, { name: `Beirat ${preset}`, type: 'committee', classification: 'Beirat' });
		await addCouncilBody(tx, { organisationId: id, slug: preset, kind: 'council', preset, from: day('2019-11-27') });
		const people: Record<string, { person: string; membership: string }> = {};
		for (const [index, name] of ['Ada Nord', 'Bela Süd', 'Cem West', 'Dora Rat', 'Eva Folge'].entries()) {
			const person = await addPerson(tx, name);
			const kind = (['member', 'member', 'member', 'advisory', 'successor'] as const)[index]!;
			const from = day('2019-11-27');
			const membership = await addMembership(tx, {
				personId: person,
				organisationId: id,
				kind,
				votingRight: kind === 'member',
				from,
			});
			people[name] = { person, membership };
			if (kind === 'successor') continue;
			const seatId = await addSeat(tx, {
				councilBodyId: id,
				number: index + 1,
				kind: kind === 'member' ? 'resident' : 'advisory',
				voting: kind === 'member',
				from,
			});
			await fillSeat(tx, { seatId, membershipId: membership, councilBodyId: id, from });
		}
		return { id, people };
	});
}

const elect = (ctx: Ctx, councilBodyId: string, personId: string, on: string, deputies?: string[]) =>
	write(ctx, (tx) => electedChair(tx, { councilBodyId, personId, deputies, on: day(on) }));

async function commissioners(on: string): Promise<string[]> {
	const ctx = database.ctx();
	const offices = await ctx.db.selectFrom('registry.office').select('id').where('kind', '=', 'commissioner').execute();
	const holders = await holdersOf(
		ctx,
		offices.map(({ id }) => id),
		day(on),
	);
	return holders.map(({ name }) => name);
}

test('the chair is the commissioner while the profile says so, and no longer than chair', async () => {
	const { id, people } = await body('st-beirat-2019');
	const ctx = database.ctx();
	expect((await eligibleForChair(ctx, id, day('2020-01-01'))).map(({ name }) => name)).toEqual([
		'Ada Nord',
		'Bela Süd',
		'Cem West',
	]);
	expect(await eligibleForChair(ctx, id, day('2019-11-26'))).toEqual([]);
	await elect(ctx, id, people['Ada Nord']!.person, '2019-11-27', [people['Cem West']!.person]);
	await elect(ctx, id, people['Ada Nord']!.person, '2019-11-27', [people['Cem West']!.person]);
	expect(await commissioners('2019-11-27')).toEqual(['Ada Nord']);
	// The chair resigns: the deputy presides, the office is empty, the membership goes on.
	await write(ctx, (tx) =>
		endPost(tx, {
			councilBodyId: id,
			membershipId: people['Ada Nord']!.membership,
			post: 'chair',
			on: day('2021-03-01'),
		}),
	);
	expect(await commissioners('2021-02-28')).toEqual(['Ada Nord']);
	expect(await commissioners('2021-03-01')).toEqual([]);
	expect((await presidingOn(ctx, id, day('2021-03-01'))).map(({ name }) => name)).toEqual(['Cem West']);
	expect((await eligibleForChair(ctx, id, day('2021-03-02'))).map(({ name }) => name)).toContain('Ada Nord');
	// The deputy is elected chair, and is their own deputy no longer.
	await elect(ctx, id, people['Cem West']!.person, '2021-04-14');
	expect(await presidingOn(ctx, id, day('2021-04-14'))).toMatchObject([{ name: 'Cem West', as: 'chair' }]);
	expect(await commissioners('2021-04-14')).toEqual(['Cem West']);
});

test('without the rule no office opens, and nobody without a vote is elected', async () => {
	const { id, people } = await body('st-beirat-2024');
	const ctx = database.ctx();
	const before = await commissioners('2025-01-01');
	await elect(ctx, id, people['Bela Süd']!.person, '2025-01-01');
	expect(await commissioners('2025-01-01')).toEqual(before);
	for (const name of ['Dora Rat', 'Eva Folge'])
		await expect(elect(ctx, id, people[name]!.person, '2025-01-01')).rejects.toThrow(RuleViolation);
});
