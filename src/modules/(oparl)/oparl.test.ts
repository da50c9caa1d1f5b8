import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson, beginMembership } from '#server/registry';
import { VISITOR } from '#kernel/access/actor.ts';
import { freshDatabase } from '../../../tests/support/database.ts';
import { tellAnew } from './project/follow.server.ts';
import { HERE } from './project/node.ts';
import { listPage } from './serve/lists.server.ts';
import { read } from './serve/read.server.ts';
import { readWindow, type Window } from './serve/window.ts';

const database = await freshDatabase();
const visitor = () => database.ctx(VISITOR);
const list = (kind: string) => `/body/${database.town.id}/${kind}`;

interface Told {
	id: string;
	name?: string;
	modified: string;
	deleted?: true;
}

async function page(parameters: Record<string, string>, type: 'Meeting' | 'Person' = 'Meeting') {
	const window = readWindow(new URLSearchParams(parameters)) as Window;
	const path = list(type.toLowerCase());
	return JSON.parse(await listPage(visitor(), { type, path }, window)) as {
		data: Told[];
		pagination: { totalElements: number };
		links: { self: string; next?: string };
	};
}

/** All pages of a list. */
async function walk(parameters: Record<string, string>): Promise<Told[]> {
	const found: Told[] = [];
	let next: Record<string, string> | undefined = parameters;
	while (next) {
		const one: Awaited<ReturnType<typeof page>> = await page(next);
		found.push(...one.data);
		next = one.links.next
			? Object.fromEntries(new URL(one.links.next.replace(HERE, 'http://x')).searchParams)
			: undefined;
	}
	return found;
}

const council = await write(database.ctx(), async (tx) => {
	const id = await addOrganisation(tx, { name: 'Beirat', type: 'committee' });
	await tx.db.insertInto('council.council_body').values({ id, slug: 'beirat' }).execute();
	tx.touch('council.councilBody', id, { act: 'founded' });
	return id;
});

let day = Temporal.PlainDate.from('2020-01-01');

async function addMeeting(ctx: Ctx, shown: { public: boolean; published: boolean }): Promise<string> {
	return write(ctx, async (tx) => {
		const id = newId();
		day = day.add({ days: 1 });
		await tx.db
			.insertInto('council.meeting')
			.values({
				id,
				council_body_id: council,
				slug: day.toString(),
				date: day,
				state: 'planned',
				title: 'Anfang',
				...shown,
			})
			.execute();
		tx.touch('council.meeting', id, { act: 'planned' });
		return id;
	});
}

async function change(id: string, values: { title?: string; public?: boolean; published?: boolean }): Promise<void> {
	await write(database.ctx(), async (tx) => {
		if (Object.keys(values).length)
			await tx.db.updateTable('council.meeting').set(values).where('id', '=', id).execute();
		tx.touch('council.meeting', id, { act: 'changed' });
	});
}

describe('a program that reads the town', () => {
	test('and asks only for what is new ends with exactly what is public, whatever happened', async () => {
		const act = fc.record({
			which: fc.nat(5),
			what: fc.constantFrom('title', 'close', 'open', 'hide', 'publish', 'nothing'),
			asks: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
				const meetings: string[] = [];
				const known = new Map<string, Told>();
				let since = '1970-01-01T00:00:00Z';
				const ask = async () => {
					for (const one of await walk({ modified_since: since, limit: '2' })) {
						known.set(one.id, one);
						if (one.modified > since) since = one.modified;
					}
				};
				for (const { which, what, asks } of acts) {
					const id = (meetings[which] ??= await addMeeting(database.ctx(), { public: true, published: false }));
					if (what === 'title') await change(id, { title: `Titel ${acts.length} ${which}` });
					if (what === 'close') await change(id, { public: false });
					if (what === 'open') await change(id, { public: true });
					if (what === 'hide') await change(id, { published: false });
					if (what === 'publish') await change(id, { published: true });
					if (what === 'nothing') await change(id, {});
					if (asks) await ask();
				}
				await ask();
				const shown = await walk({});
				const kept = [...known.values()].filter(({ deleted }) => !deleted);
				expect(kept.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(shown);
			}),
			{ numRuns: 25 },
		);
	});

	test('gets lists put together of packed objects, of which nothing stays that was told otherwise before', async () => {
		const id = await addMeeting(database.ctx(), { public: true, published: true });
		const packed = () => database.sql('select from oparl.packed where id = $1', [id]);
		const asked = async () => {
			const found = await read(visitor(), list('meeting').slice(1), new URLSearchParams(), HERE);
			return gunzipSync((found as { gzip: Uint8Array }).gzip).toString();
		};
		await asked();
		expect(await packed()).toHaveLength(1);
		await change(id, { title: 'Ein Titel nach der Änderung' });
		expect(await packed()).toHaveLength(0);
		expect(await asked()).toContain('Ein Titel nach der Änderung');
		expect(await packed()).toHaveLength(1);
		await change(id, { published: false });
		expect(await packed()).toHaveLength(0);
		expect(await asked()).not.toContain(id);
	});

	test('sees nothing of what never was public, and no trace of a change to it', async () => {
		const id = await addMeeting(database.ctx(), { public: false, published: true });
		const [before] = await database.sql('select public_seq from kernel.clock where body_id = $1', [database.town.id]);
		await change(id, { title: 'Geheimes Vorhaben' });
		const [after] = await database.sql('select public_seq from kernel.clock where body_id = $1', [database.town.id]);
		expect(after).toEqual(before);
		expect(await read(visitor(), `meeting/${id}`, new URLSearchParams())).toMatchObject({ status: 404 });
		expect(JSON.stringify(await walk({ modified_since: '1970-01-01T00:00:00Z' }))).not.toContain(id);
	});

	test('keeps its ETags when the closed part of a public session changes', async () => {
		const id = await addMeeting(database.ctx(), { public: true, published: true });
		const item = newId();
		await write(database.ctx(), async (tx) => {
			const values = {
				id: item,
				meeting_id: id,
				position: 1,
				title: 'Stelle',
				neutral_title: 'Personal',
				public: false,
			};
			await tx.db.insertInto('council.agenda_item').values(values).execute();
			tx.touch('council.meeting', id, { act: 'itemAdded' });
		});
		const told = () =>
			database.sql('select told_seq, told_at from kernel.clock where body_id = $1', [database.town.id]);
		const before = await told();
		await write(database.ctx(), async (tx) => {
			await tx.db
				.updateTable('council.agenda_item')
				.set({ title: 'Stelle der Leitung' })
				.where('id', '=', item)
				.execute();
			tx.touch('council.meeting', id, { act: 'itemChanged' });
		});
		expect(await told()).toEqual(before);
	});

	test('is told of what left the public by a tombstone, in lists only when it asks since when', async () => {
		const id = await addMeeting(database.ctx(), { public: true, published: true });
		await change(id, { public: false });
		const found = await read(visitor(), `meeting/${id}`, new URLSearchParams());
		expect(JSON.parse((found as { json: string }).json)).toEqual({
			id: `${HERE}/oparl/v1.1/meeting/${id}`,
			type: 'https://schema.oparl.org/1.1/Meeting',
			created: expect.any(String),
			modified: expect.any(String),
			deleted: true,
		});
		expect((await walk({})).some((one) => one.id.endsWith(id))).toBe(false);
		expect((await walk({ modified_since: '2000-01-01T00:00:00Z' })).some((one) => one.id.endsWith(id))).toBe(true);
	});

	test('gets every object once while others write between its pages', async () => {
		for (let n = 0; n < 5; n++) await addMeeting(database.ctx(), { public: true, published: true });
		const before = (await walk({})).map(({ id }) => id);
		const seen: string[] = [];
		let next: Record<string, string> | undefined = { limit: '2' };
		while (next) {
			const one: Awaited<ReturnType<typeof page>> = await page(next);
			seen.push(...one.data.map(({ id }) => id));
			await addMeeting(database.ctx(), { public: true, published: true });
			await change(seen[0]!.slice(-36), { title: `Anders ${seen.length}` });
			next =
				seen.length < before.length && one.links.next
					? Object.fromEntries(new URL(one.links.next.replace(HERE, 'http://x')).searchParams)
					: undefined;
		}
		expect(seen.slice(0, before.length)).toEqual(before);
		expect(new Set(seen).size).toBe(seen.length);
	});

	test('learns of people when they take a seat, not before, and that they left', async () => {
		const person = await write(database.ctx(), (tx) => addPerson(tx, 'Ada Marwitz'));
		const membership = await write(database.ctx(), (tx) =>
			addMembership(tx, { personId: person, organisationId: council, kind: 'member', votingRight: true, from: null }),
		);
		expect(await read(visitor(), `person/${person}`, new URLSearchParams())).toMatchObject({ status: 404 });
		await write(database.ctx(), (tx) => beginMembership(tx, membership, Temporal.PlainDate.from('2026-01-01')));
		const found = JSON.parse(
			((await read(visitor(), `person/${person}`, new URLSearchParams())) as { json: string }).json,
		);
		expect(found).toMatchObject({ name: 'Ada Marwitz', membership: [{ startDate: '2026-01-01', votingRight: true }] });
	});

	test('reads under which licence the data stand, once the town has chosen one', async () => {
		const body = async () => {
			const found = await read(visitor(), `body/${visitor().body.id}`, new URLSearchParams());
			return JSON.parse((found as { json: string }).json) as { license?: string };
		};
		expect(await body()).not.toHaveProperty('license');
		await database.sql(`update kernel.town set settings = settings || '{"openData":{"licence":"dl-zero-de/2.0"}}'`);
		expect((await body()).license).toBe('https://www.govdata.de/dl-de/zero-2-0');
	});

	test('finds the store as the records are: nothing has to be mended', async () => {
		expect(await tellAnew(database.ctx())).toBe(0);
	});
});

describe('the window of a list', () => {
	test.each([
		['created_since', 'gestern'],
		['modified_until', '2026-01-01'],
		['limit', '0'],
		['limit', 'viele'],
		['after', 'anfang'],
	])('%s=%s is refused in OParl’s own form', async (name, value) => {
		const found = await read(visitor(), list('paper').slice(1), new URLSearchParams({ [name]: value }));
		expect(found).toMatchObject({ status: 400, debug: `parameter ${name} is not readable` });
	});

	test('without objects is an empty list, and its links carry the question on', async () => {
		const { data, pagination, links } = await page({
			created_since: '2999-01-01T00:00:00+01:00',
			omit_internal: 'true',
		});
		expect({ data, total: pagination.totalElements }).toEqual({ data: [], total: 0 });
		expect(links.self).toContain('created_since=2998-12-31T23%3A00%3A00Z');
		expect(links.self).toContain('omit_internal=true');
	});

	test('understands an offset whose plus sign nobody encoded', () => {
		const window = readWindow(new URLSearchParams('modified_since=2026-01-01T00:00:00+01:00'));
		expect(window).toMatchObject({ modifiedSince: Temporal.Instant.from('2025-12-31T23:00:00Z') });
	});
});
