/** A small town and what may be done in it, for tests of what programs are told. */
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { fileStore } from '#kernel/files/open-store.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { papersOfOthers } from '#server/papers';
import { addMembership, addOrganisation, addPerson, beginMembership } from '#server/registry';

/** Stands in every text that must not be told while it is closed. */
export const SECRET = 'Verschlusssache';

/** A small town that acts are done to: two bodies, two groups, people, sessions, papers with files, places. */
interface Ground {
	bodies: string[];
	groups: string[];
	people: string[];
	memberships: string[];
	meetings: string[];
	items: string[];
	papers: string[];
	stations: string[];
	files: string[];
	places: string[];
	/** On no list yet. */
	districts: string[];
}

const at = <T>(all: readonly T[], which: number): T => all[which % all.length]!;

/** Lays the town; nothing of it is public yet but the two bodies. */
export async function lay(ctx: Ctx): Promise<Ground> {
	const { hash, size } = await fileStore().put(Buffer.from('Anlage'));
	return write(ctx, async (tx) => {
		const ground: Ground = {
			bodies: [],
			groups: [],
			people: [],
			memberships: [],
			meetings: [],
			items: [],
			papers: [],
			stations: [],
			files: [],
			places: [],
			districts: [newId(), newId()],
		};
		const type = await paperType(tx);
		for (const n of [0, 1]) {
			const body = await addOrganisation(tx, { name: `Beirat ${n}`, type: 'committee' });
			await tx.db
				.insertInto('council.council_body')
				.values({ id: body, slug: `beirat-${body}` })
				.execute();
			tx.touch('council.councilBody', body, { act: 'founded' });
			ground.bodies.push(body);
			ground.groups.push(await addOrganisation(tx, { name: `Verein ${n}`, type: 'external' }));
			const place = newId();
			await tx.db
				.insertInto('registry.place')
				.values({ id: place, name: `Saal ${n}` })
				.execute();
			tx.touch('registry.place', place, { act: 'created' });
			ground.places.push(place);
			const person = await addPerson(tx, `Ada Marwitz${n}`);
			ground.people.push(person);
			ground.memberships.push(
				await addMembership(tx, {
					personId: person,
					organisationId: body,
					kind: 'member',
					votingRight: true,
					from: null,
				}),
			);
		}
		for (const n of [0, 1]) {
			const meeting = newId();
			const held = {
				council_body_id: ground.bodies[n]!,
				place_id: ground.places[n]!,
				state: 'held',
				title: `Sitzung ${n}`,
			};
			const day = Temporal.PlainDate.from('2026-03-01').add({ days: n });
			await tx.db
				.insertInto('council.meeting')
				.values({ id: meeting, slug: meeting, date: day, ...held })
				.execute();
			ground.meetings.push(meeting);
			for (const position of [1, 2]) {
				const item = newId();
				const said = { title: `${SECRET} ${position}`, neutral_title: 'Personal', public: false };
				await tx.db
					.insertInto('council.agenda_item')
					.values({ id: item, meeting_id: meeting, position, ...said })
					.execute();
				const vote = {
					id: newId(),
					agenda_item_id: item,
					position: 1,
					text: SECRET,
					method: 'rollCall',
					yes: 3,
					no: 1,
					abstain: 0,
				};
				await tx.db.insertInto('council.vote').values(vote).execute();
				ground.items.push(item);
			}
			const there = { name: `Ada Marwitz${n}`, voting: true, status: 'present', position: 1 };
			await tx.db
				.insertInto('council.attendance')
				.values({ id: newId(), meeting_id: meeting, person_id: ground.people[n]!, ...there })
				.execute();
			tx.touch('council.meeting', meeting, { act: 'planned' });
			const paper = newId();
			const filed = {
				reference: `A${paper.slice(-6)}`,
				state: 'filed',
				filed_at: tx.now,
				title: `${SECRET} Antrag`,
				public: false,
			};
			await tx.db
				.insertInto('papers.paper')
				.values({ id: paper, slug: paper, type_id: type, ...filed })
				.execute();
			ground.papers.push(paper);
			const station = newId();
			const way = { step: 1, role: 'deciding', meeting_id: meeting, agenda_item_id: ground.items[n * 2]! };
			await tx.db
				.insertInto('papers.consultation')
				.values({ id: station, paper_id: paper, ...way })
				.execute();
			await tx.db
				.insertInto('papers.consultation_body')
				.values({ consultation_id: station, organisation_id: ground.bodies[n]!, position: 0 })
				.execute();
			ground.stations.push(station);
			const kept = { id: newId(), sha512: hash, size, media_type: 'text/plain', format: 'txt', name: `${SECRET}.txt` };
			await tx.db.insertInto('kernel.file').values(kept).execute();
			const file = newId();
			const hung = {
				id: file,
				paper_id: paper,
				file_id: kept.id,
				kind: 'annex',
				title: `${SECRET} Anlage`,
				public: false,
			};
			await tx.db.insertInto('papers.paper_file').values(hung).execute();
			ground.files.push(file);
			tx.touch('papers.paper', paper, { act: 'filed' });
		}
		return ground;
	});
}

async function paperType(tx: WriteCtx): Promise<string> {
	const known = await tx.db.selectFrom('papers.paper_type').select('id').limit(1).executeTakeFirst();
	if (known) return known.id;
	const [id, scheme] = [newId(), newId()];
	await tx.db
		.insertInto('papers.numbering_scheme')
		.values({ id: scheme, name: 'Anträge', prefix: id.slice(-6) })
		.execute();
	await tx.db
		.insertInto('papers.paper_type')
		.values({ id, code: 'motion', name: 'Antrag', name_plural: 'Anträge', scheme_id: scheme })
		.execute();
	return id;
}

type Act = (tx: WriteCtx, ground: Ground, which: number, flag: boolean) => Promise<void>;

/** What people do in the house, as the commands write it: each touches the record it is about. */
export const ACTS: Record<string, Act> = {
	publishMeeting: (tx, g, n, flag) => meeting(tx, at(g.meetings, n), { published: flag }),
	closeMeeting: (tx, g, n, flag) => meeting(tx, at(g.meetings, n), { public: !flag }),
	moveMeeting: (tx, g, n, flag) => meeting(tx, at(g.meetings, n), { place_id: at(g.places, flag ? 1 : 0) }),
	renameMeeting: (tx, g, n) => meeting(tx, at(g.meetings, n), { title: `Sitzung ${newId().slice(-4)}` }),
	deleteItem: async (tx, g, n) => {
		await tx.db.updateTable('council.agenda_item').set({ removed: true }).where('id', '=', at(g.items, n)).execute();
		await meetingOf(tx, at(g.items, n));
	},
	openItem: (tx, g, n, flag) => item(tx, at(g.items, n), { public: flag, title: flag ? 'Offen' : `${SECRET} zu` }),
	writeItem: async (tx, g, n) => {
		await tx.db
			.updateTable('council.agenda_item')
			.set({ title: `${SECRET} ${newId()}` })
			.where('id', '=', at(g.items, n))
			.where('public', '=', false)
			.execute();
		await meetingOf(tx, at(g.items, n));
	},
	publishPaper: (tx, g, n, flag) =>
		paper(tx, at(g.papers, n), {
			public: flag,
			published_at: tx.now,
			depublished_at: flag ? null : tx.now,
			title: flag ? 'Antrag' : `${SECRET} Antrag`,
		}),
	openStation: async (tx, g, n, flag) => {
		await tx.db.updateTable('papers.consultation').set({ public: flag }).where('id', '=', at(g.stations, n)).execute();
		tx.touch('papers.paper', at(g.papers, n), { act: 'stationChanged' });
	},
	openFile: async (tx, g, n, flag) => {
		const title = flag ? 'Anlage' : `${SECRET} Anlage`;
		await tx.db
			.updateTable('papers.paper_file')
			.set({ public: flag, title })
			.where('id', '=', at(g.files, n))
			.execute();
		const [row] = await tx.db
			.selectFrom('papers.paper_file')
			.select('file_id')
			.where('id', '=', at(g.files, n))
			.execute();
		if (row) {
			const name = flag ? 'anlage.txt' : `${SECRET}.txt`;
			await tx.db.updateTable('kernel.file').set({ name }).where('id', '=', row.file_id).execute();
		}
		tx.touch('papers.paper', at(g.papers, n), { act: 'fileChanged' });
	},
	dropFile: async (tx, g, n) => {
		await tx.db.deleteFrom('papers.paper_file').where('id', '=', at(g.files, n)).execute();
		tx.touch('papers.paper', at(g.papers, n), { act: 'fileRemoved' });
	},
	listDistrict: async (tx, g, n, flag) => {
		const id = at(g.districts, n);
		const said = { name: `Ortsteil ${newId()}`, position: n, removed_at: flag ? null : tx.now };
		await tx.db
			.insertInto('papers.district')
			.values({ id, ...said })
			.onConflict((to) => to.columns(['body_id', 'id']).doUpdateSet(said))
			.execute();
		tx.touch('papers.district', id, { act: 'changed' });
	},
	nameDistrict: async (tx, g, n, flag) => {
		const listed = await tx.db.selectFrom('papers.district').select('id').execute();
		await papersOfOthers.setDistricts(tx, at(g.papers, n), flag ? listed.map(({ id }) => id) : []);
		tx.touch('papers.paper', at(g.papers, n), { act: 'changed' });
	},
	hideBody: async (tx, g, n, flag) => {
		const visibility = flag ? 'members' : 'public';
		await tx.db.updateTable('council.council_body').set({ visibility }).where('id', '=', at(g.bodies, n)).execute();
		tx.touch('council.councilBody', at(g.bodies, n), { act: 'changed' });
	},
	mergeGroups: async (tx, g, n) => {
		const member = at(g.memberships, n);
		await tx.db
			.updateTable('registry.membership')
			.set({ on_behalf_of_id: at(g.groups, n + 1) })
			.where('id', '=', member)
			.execute();
		tx.touch('registry.membership', member, { act: 'changed' });
	},
	takeSeat: async (tx, g, n) => {
		const [row] = await tx.db
			.selectFrom('registry.membership')
			.select('from_date')
			.where('id', '=', at(g.memberships, n))
			.execute();
		if (row && row.from_date === null)
			await beginMembership(tx, at(g.memberships, n), Temporal.PlainDate.from('2026-01-01'));
	},
	loseSeat: async (tx, g, n) => {
		await tx.db.deleteFrom('registry.membership').where('id', '=', at(g.memberships, n)).execute();
		tx.touch('registry.membership', at(g.memberships, n), { act: 'removed', deleted: true });
	},
	renamePerson: async (tx, g, n) => {
		await tx.db
			.updateTable('registry.person')
			.set({ family_name: `M${newId().slice(-4)}` })
			.where('id', '=', at(g.people, n))
			.execute();
		tx.touch('registry.person', at(g.people, n), { act: 'changed' });
	},
	nothing: (tx, g, n) => meeting(tx, at(g.meetings, n), {}),
};

async function meeting(tx: WriteCtx, id: string, values: Record<string, unknown>): Promise<void> {
	if (Object.keys(values).length) await tx.db.updateTable('council.meeting').set(values).where('id', '=', id).execute();
	tx.touch('council.meeting', id, { act: 'changed' });
}

async function item(tx: WriteCtx, id: string, values: Record<string, unknown>): Promise<void> {
	await tx.db.updateTable('council.agenda_item').set(values).where('id', '=', id).execute();
	await tx.db
		.updateTable('council.vote')
		.set({ text: values.public ? 'offen' : SECRET })
		.where('agenda_item_id', '=', id)
		.execute();
	await meetingOf(tx, id);
}

async function meetingOf(tx: WriteCtx, itemId: string): Promise<void> {
	const row = await tx.db
		.selectFrom('council.agenda_item')
		.select('meeting_id')
		.where('id', '=', itemId)
		.executeTakeFirst();
	if (row) tx.touch('council.meeting', row.meeting_id, { act: 'itemChanged' });
}

async function paper(tx: WriteCtx, id: string, values: Record<string, unknown>): Promise<void> {
	await tx.db.updateTable('papers.paper').set(values).where('id', '=', id).execute();
	tx.touch('papers.paper', id, { act: 'changed' });
}
