import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { citusAdaptations, citusRefusals, townTables } from '../../src/kernel/db/citus.ts';
import { demandCitus, distribute } from '../../src/kernel/db/distribute.ts';
import { freshDatabase } from '../support/database.ts';

const database = await freshDatabase();
const { sql } = database;
const owner = new pg.Client(database.owner);
await owner.connect();
afterAll(() => owner.end());

/** Runs DDL as the owner, looks, and takes it back. */
async function having(text: string): Promise<string[]> {
	await owner.query('begin');
	try {
		await owner.query(`set local mitrat.app_role = 'mitrat_app'; ${text}`);
		return (await citusRefusals(owner)).map(({ what }) => what);
	} finally {
		await owner.query('rollback');
	}
}

test('Citus would take every table of all migrations', async () => {
	expect((await townTables(owner)).length).toBeGreaterThan(150);
	expect(await citusRefusals(owner)).toEqual([]);
});

/** A new one wants thought: on Citus its trigger is gone, and its key refuses where it emptied. */
test('what is adapted for Citus is known by name', async () => {
	const { triggers, setNull } = await citusAdaptations(owner);
	expect(triggers).toEqual([
		'council.minutes_version minutes_version_fixed',
		'kernel.audit_entry only_grows',
		'kernel.audit_seal only_grows',
		'kernel.audit_value values_never_change',
	]);
	expect(setNull).toEqual([
		'agenda_item_body_id_approves_meeting_id_fkey',
		'agenda_item_body_id_carried_from_id_fkey',
		'consultation_body_id_agenda_item_id_fkey',
		'consultation_body_id_meeting_id_fkey',
		'contact_body_id_event_id_fkey',
		'control_entry_body_id_agenda_item_id_fkey',
		'control_list_body_id_agenda_item_id_fkey',
		'control_noting_body_id_agenda_item_id_fkey',
		'convening_request_body_id_meeting_id_fkey',
		'invitation_mail_body_id_mail_id_fkey',
		'matter_body_id_paper_id_fkey',
		'meeting_guest_body_id_agenda_item_id_fkey',
		'minutes_objection_body_id_decided_item_id_fkey',
		'motion_body_id_mover_attendance_id_fkey',
		'post_holding_body_id_office_holding_id_fkey',
		'reminder_body_id_mail_id_fkey',
		'report_due_body_id_agenda_item_id_fkey',
		'report_due_body_id_draft_paper_id_fkey',
		'report_duty_body_id_resolution_id_fkey',
		'resolution_announcement_body_id_announced_item_id_fkey',
		'retreat_result_body_id_agenda_item_id_fkey',
		'statute_change_body_id_profile_id_fkey',
		'term_seat_body_id_membership_id_fkey',
		'topic_proposal_body_id_agenda_item_id_fkey',
		'topic_proposal_body_id_meeting_id_fkey',
		'written_procedure_body_id_announced_item_id_fkey',
	]);
	// Where triggers go, rights remain: the role of requests can neither change nor remove what they protect.
	for (const trigger of triggers) {
		const [table] = trigger.split(' ');
		const [rights] = await sql<{ change: boolean }>(
			`select has_table_privilege('mitrat_app', $1, 'update') or has_table_privilege('mitrat_app', $1, 'truncate') as change`,
			[table],
		);
		expect([table, rights!.change]).toEqual([table, false]);
	}
});

describe('a migration that Citus refuses is refused here', () => {
	const made = (columns: string, after = `select kernel.guard('kernel.probe');`) =>
		`create table kernel.probe (body_id uuid not null references kernel.town (id), id uuid not null, ${columns}); ${after}`;
	const key = 'primary key (body_id, id)';
	const cases: [string, string, string][] = [
		['a key without the town', made('name text, primary key (id)'), 'kernel.probe_pkey'],
		[
			'a unique index that names the town last',
			made(`name text, ${key}, unique (name, body_id)`),
			'kernel.probe_name_body_id_key',
		],
		[
			'an exclusion without the town',
			made(`day daterange, ${key}, exclude using gist (day with &&)`),
			'kernel.probe_day_excl',
		],
		[
			'a reference out of the town',
			`create table kernel.elsewhere (id uuid primary key); ${made(`x uuid references kernel.elsewhere, ${key}`)}`,
			'probe_x_fkey',
		],
		['a reference to an account', made(`account text references auth."user" (id), ${key}`), 'probe_account_fkey'],
		[
			'a deferred key',
			made(`other uuid, ${key}, foreign key (body_id, other) references registry.person (body_id, id) deferrable`),
			'probe_body_id_other_fkey',
		],
		[
			'a sub-select in a policy',
			made(
				key,
				`alter table kernel.probe enable row level security; create policy p on kernel.probe using
				(body_id = (select id from kernel.town limit 1));`,
			),
			'kernel.probe p',
		],
		['a table without its policy', made(key, ''), 'kernel.probe'],
		['a number that the table makes', made(`number int generated always as identity, ${key}`), 'kernel.probe.number'],
		[
			'a table of the installation that points into a town',
			`create table kernel.global (id int primary key, town uuid, file uuid, foreign key (town, file) references kernel.file (body_id, id))`,
			'global_town_file_fkey',
		],
	];
	test.each(cases)('%s', async (_title, text, what) => {
		expect(await having(text)).toContain(what);
	});
});

describe('distributing', () => {
	test('says in one sentence that there is no Citus', async () => {
		await expect(demandCitus(owner)).rejects.toThrow('Auf diesem Server ist Citus nicht installiert');
	});

	test('refuses an installation that has towns', async () => {
		await expect(distribute(owner, 32)).rejects.toThrow('gibt es schon Städte');
	});

	/**
	 * There is no Citus here: two functions of its names note what is asked of them, and refuse, as Citus does, a table that
	 * an undistributed one points at, or that has a trigger. It shows our steps and their order, not those of Citus.
	 */
	test('asks for every table by town, all beside the first, and puts the keys back', async () => {
		await sql('delete from kernel.town');
		await sql(`
			create table public.asked (position int generated always as identity, name text, by text, beside text, shards int);
			grant all on public.asked to mitrat_owner;
			create function public.create_reference_table(t regclass) returns void language sql as
				$$ insert into public.asked (name) values (t::text) $$;
			create function public.create_distributed_table(t regclass, by text, colocate_with text, shard_count int default null)
			returns void language plpgsql as $$ begin
				if exists (select from pg_constraint where contype = 'f' and (confrelid = t or conrelid = t)) then
					raise exception 'a key is in the way of %', t; end if;
				if exists (select from pg_trigger where tgrelid = t and not tgisinternal) then
					raise exception 'a trigger is in the way of %', t; end if;
				insert into public.asked (name, by, beside, shards) values (t::text, by, colocate_with, shard_count);
			end $$`);
		const keys = () =>
			sql<{
				name: string;
				text: string;
			}>(`select conrelid::regclass || ' ' || conname as name, pg_get_constraintdef(oid) as text
				from pg_constraint where contype = 'f' order by 1`);
		const before = await keys();
		const { tables, stricterKeys } = await distribute(owner, 64);
		const asked = await sql<{ name: string; by: string; beside: string; shards: number | null }>(
			'select name, by, beside, shards from public.asked order by position',
		);
		expect(asked[0]).toMatchObject({ name: 'kernel.town', by: null });
		expect(asked[1]).toEqual({ name: tables[0], by: 'body_id', beside: 'none', shards: 64 });
		expect(asked.slice(2)).toEqual(
			tables.slice(1).map((name) => ({ name, by: 'body_id', beside: tables[0], shards: null })),
		);
		const after = await keys();
		expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
		const changed = after.filter(({ text }, place) => text !== before[place]!.text);
		expect(changed).toHaveLength(stricterKeys.length);
		expect(after.some(({ text }) => /SET NULL/.test(text))).toBe(false);
	});
});
