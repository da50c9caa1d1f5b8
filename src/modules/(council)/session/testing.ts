import type { Ctx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { PRESETS } from '../rules/presets.ts';
import type { RulesInput } from '../rules/profile.ts';
import { prepareRoll } from './roll.server.ts';

/** The part of a test's database that is used here. */
interface TestDatabase {
	town: { id: string };
	ctx: () => Ctx;
	sql: <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;
}

export interface Sample {
	council: string;
	meeting: string;
	group: string;
	/** Delegated seats first; a seat that is left vacant has no person. */
	seats: { id: string; person: string | null }[];
	guest: string;
	/** Ids of the rows of the list: one a filled seat, in the order of the seats, then the guest. */
	rows: string[];
	items: string[];
}

interface SampleOptions {
	delegated?: number;
	residents?: number;
	vacant?: number;
	rules?: Partial<RulesInput>;
	items?: { title: string; kind?: string; public?: boolean; secondConvening?: boolean }[];
	meeting?: Record<string, unknown>;
}

type Row = Record<string, unknown>;

/** A body with seats, people and a session today, laid past all rules: rooms are tried on it. Invented names. */
export async function sampleSession(database: TestDatabase, options: SampleOptions = {}): Promise<Sample> {
	const { delegated = 7, residents = 8, vacant = 0, rules = {}, items = [{ title: 'Bericht' }] } = options;
	const insert = async (table: string, row: Row) => {
		const full: Row = { body_id: database.town.id, id: newId(), ...row };
		const names = Object.keys(full);
		const marks = names.map((_, index) => `$${index + 1}`);
		await database.sql(`insert into ${table} (${names.join(', ')}) values (${marks.join(', ')})`, Object.values(full));
		return String(full.id);
	};
	const from_date = '2020-01-01';
	const organisation = (name: string, organisation_type: string) =>
		insert('registry.organisation', { name, short_name: name, organisation_type });
	const [council, group] = [await organisation('Beirat', 'committee'), await organisation('Nordlicht', 'group')];
	await database.sql('insert into council.council_body (body_id, id, slug) values ($1, $2, $3)', [
		database.town.id,
		council,
		`beirat-${council.slice(-8)}`,
	]);
	const preset = PRESETS.find(({ key }) => key === 'st-beirat-2019')!;
	await insert('council.rule_profile', {
		council_body_id: council,
		name: preset.name,
		from_date,
		rules: JSON.stringify({ ...preset.rules, ...rules }),
		citations: JSON.stringify(preset.citations),
	});
	const seats: Sample['seats'] = [];
	for (let number = 1; number <= delegated + residents; number++) {
		const kind = number <= delegated ? 'delegated' : 'resident';
		const ofGroup = kind === 'delegated' ? { organisation_id: group, substitutes: 'anyOfGroup' } : {};
		const id = await insert('council.seat', {
			council_body_id: council,
			number,
			kind,
			voting: true,
			from_date,
			...ofGroup,
		});
		if (number > delegated + residents - vacant) {
			seats.push({ id, person: null });
			continue;
		}
		const person = await insert('registry.person', { given_name: 'Person', family_name: `Nummer ${number}` });
		const membership_id = await insert('registry.membership', {
			person_id: person,
			organisation_id: council,
			kind: 'member',
			voting_right: true,
			from_date,
		});
		await insert('council.seat_filling', { seat_id: id, membership_id, from_date });
		seats.push({ id, person });
	}
	const guest = await insert('registry.person', { given_name: 'Gast', family_name: 'Dezernat' });
	await insert('registry.membership', { person_id: guest, organisation_id: council, kind: 'guest', from_date });
	const today = database.ctx().today.toString();
	const slug = `probe-${newId().slice(-8)}`;
	const common = { council_body_id: council, slug, state: 'invited', date: today, published: true, number: 1 };
	const meeting = await insert('council.meeting', { ...common, ...options.meeting });
	const itemIds: string[] = [];
	for (const [position, { title, kind = 'topic', public: open = true, secondConvening = false }] of items.entries()) {
		const number = String(position + 1);
		const row = { meeting_id: meeting, position, number, title, kind, public: open, second_convening: secondConvening };
		itemIds.push(await insert('council.agenda_item', row));
	}
	await write(database.ctx(), (tx) => prepareRoll(tx, meeting));
	const rows = await database.sql<{ id: string }>(
		'select id from council.attendance where meeting_id = $1 order by position',
		[meeting],
	);
	return { council, meeting, group, seats, guest, rows: rows.map(({ id }) => id), items: itemIds };
}
