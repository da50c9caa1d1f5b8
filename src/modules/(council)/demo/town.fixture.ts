/** The demonstration town in a test's database, with things in it that no stranger may ever read. */
import { sql } from 'kysely';
import { freshDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { OPERATOR, VISITOR, type Actor } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { overwriteGetLocale } from '#messages/runtime';
import { currentLocale, inLanguage } from '#kernel/i18n/current.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import { newId } from '#kernel/ids.ts';
import { contextFor, endRequest } from '#kernel/request.ts';
import { normalise } from '#kernel/text/normalise.ts';
import type { Town } from '#kernel/town.ts';
import { allTowns, forgetTowns } from '#kernel/towns.ts';
import { write } from '#kernel/write.ts';
import { loadDemonstration } from '../../../server/demonstration.ts';

export interface DemonstrationTown {
	town: Town;
	database: TestDatabase;
	/** Runs `work` for somebody, in a language, and ends the request. */
	as: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, locale?: Locale) => Promise<T>;
}

/** Call at the top level of a test file. */
export async function demonstrationTown(): Promise<DemonstrationTown> {
	overwriteGetLocale(currentLocale);
	const database = await freshDatabase({ MITRAT_MODE: 'demo' });
	const { owner, app } = database;
	await database.sql('delete from kernel.town');
	forgetTowns();
	await loadDemonstration({ owner, app, embedded: false, joined: true, close: async () => undefined });
	const [town] = await allTowns();
	const as: DemonstrationTown['as'] = async (actor, work, locale = 'de') => {
		const ctx = contextFor(town!, actor, locale);
		try {
			return await inLanguage(locale, () => work(ctx));
		} finally {
			await endRequest(ctx);
		}
	};
	return { town: town!, database, as };
}

/** Words that stand only in closed items, private tasks and dates, in names of guests, in letters' addresses. */
export const SECRETS = [
	'Zwetschgenakte',
	'Verschlusswort',
	'Geheimbeschluss',
	'Abstimmzettelwort',
	'V9999/99',
	'Stillaufgabe',
	'Stilltermin',
	'Quendolin',
	'Habichthorst',
	'quendolin@post.example',
	'Nebelsitzung',
	'Rufzeichenwort',
	'Wahlzettelwort',
];

/** Puts the secrets into the newest past session, and a session of its own that nobody published. @returns the slug */
export async function plantSecrets({ as }: DemonstrationTown): Promise<string> {
	return as(OPERATOR, (ctx) =>
		write(ctx, async (tx) => {
			const found = await sql<{
				id: string;
				slug: string;
				item: string;
			}>`select m.id, m.slug, i.id as item from council.meeting m
				join council.agenda_item i on i.body_id = m.body_id and i.meeting_id = m.id and not i.public
				where m.state = 'minutesSigned' order by m.date desc limit 1`.execute(tx.db);
			const { id, slug, item } = found.rows[0]!;
			await closeItem(tx, id, item);
			await inviteGuest(tx, id);
			await hideFollowUps(tx, id);
			await hideMeeting(tx, id);
			tx.touch('council.meeting', id, { act: 'changed' });
			return slug;
		}),
	);
}

async function closeItem(tx: WriteCtx, meeting: string, item: string): Promise<void> {
	const text = normalise({ blocks: [{ kind: 'paragraph', content: [{ text: 'Verschlusswort' }] }] });
	await tx.db
		.updateTable('council.agenda_item')
		.set({
			title: 'Zwetschgenakte',
			text: JSON.stringify(text),
			result_note: 'Verschlusswort',
			outcome_plain: 'Verschlusswort',
		})
		.where('id', '=', item)
		.execute();
	await tx.db
		.insertInto('council.resolution')
		.values({ id: newId(), agenda_item_id: item, text: 'Geheimbeschluss', number: 'Geheimbeschluss' })
		.execute();
	const vote = newId();
	await tx.db
		.insertInto('council.vote')
		.values({ id: vote, agenda_item_id: item, position: 0, text: 'Abstimmzettelwort', yes: 77, no: 66, abstain: 55 })
		.execute();
	const { id: attendance_id } = await tx.db
		.selectFrom('council.attendance')
		.select('id')
		.where('meeting_id', '=', meeting)
		.orderBy('position')
		.executeTakeFirstOrThrow();
	await tx.db
		.insertInto('council.roll_call_voice')
		.values({ vote_id: vote, attendance_id, name: 'Rufzeichenwort', voice: 'yes', entered_by: 'clerk', at: tx.now })
		.execute();
	const { council_body_id } = await tx.db
		.selectFrom('council.meeting')
		.select('council_body_id')
		.where('id', '=', meeting)
		.executeTakeFirstOrThrow();
	const election = {
		id: newId(),
		agenda_item_id: item,
		council_body_id,
		position: 0,
		post: 'other',
		opened_at: tx.now,
	};
	await tx.db
		.insertInto('council.election')
		.values({ ...election, title: 'Wahlzettelwort' })
		.execute();
	await tx.db
		.insertInto('council.paper_mention')
		.values({ id: newId(), meeting_id: meeting, agenda_item_id: item, reference: 'V9999/99' })
		.execute();
	await tx.db
		.insertInto('council.task')
		.values({ id: newId(), meeting_id: meeting, agenda_item_id: item, what: 'Stillaufgabe', who: 'Bürgeramt' })
		.execute();
}

async function inviteGuest(tx: WriteCtx, meeting: string): Promise<void> {
	const person = newId();
	await tx.db
		.insertInto('registry.person')
		.values({ id: person, given_name: 'Quendolin', family_name: 'Habichthorst', email: 'quendolin@post.example' })
		.execute();
	const guest = { meeting_id: meeting, voting: false, guest: true, name: 'Quendolin Habichthorst' };
	await tx.db
		.insertInto('council.attendance')
		.values({
			...guest,
			id: newId(),
			position: 900,
			person_id: person,
			status: 'present',
			function: 'Beratungsstelle am Hafen',
		})
		.execute();
	await tx.db
		.insertInto('council.attendance')
		.values({ ...guest, id: newId(), position: 901, status: 'excused', function: '' })
		.execute();
	await tx.db
		.insertInto('council.task')
		.values({ id: newId(), meeting_id: meeting, what: 'Zahlen nachreichen', who: 'Frau Habichthorst' })
		.execute();
	await tx.db
		.insertInto('council.task')
		.values({ id: newId(), meeting_id: meeting, what: 'Raum klären', who: 'Quendolin Habichthorst', person_id: person })
		.execute();
}

async function hideFollowUps(tx: WriteCtx, meeting: string): Promise<void> {
	await tx.db
		.insertInto('council.task')
		.values({ id: newId(), meeting_id: meeting, what: 'Stillaufgabe', public: false })
		.execute();
	await tx.db
		.insertInto('council.date_entry')
		.values({ id: newId(), meeting_id: meeting, title: 'Stilltermin', date: tx.today.add({ days: 3 }), public: false })
		.execute();
}

async function hideMeeting(tx: WriteCtx, like: string): Promise<void> {
	const { council_body_id } = await tx.db
		.selectFrom('council.meeting')
		.select('council_body_id')
		.where('id', '=', like)
		.executeTakeFirstOrThrow();
	const common = {
		council_body_id,
		state: 'planned',
		title: 'Nebelsitzung',
		place_text: 'Nebelsitzung',
		date: tx.today.add({ days: 40 }),
	};
	for (const [slug, published, isPublic] of [
		['nebel-1', false, true],
		['nebel-2', true, false],
	] as const) {
		const id = newId();
		await tx.db
			.insertInto('council.meeting')
			.values({ ...common, id, slug, published, public: isPublic })
			.execute();
		await tx.db
			.insertInto('council.agenda_item')
			.values({ id: newId(), meeting_id: id, position: 0, title: 'Nebelsitzung' })
			.execute();
		tx.touch('council.meeting', id, { act: 'created' });
	}
}

export { OPERATOR, VISITOR };
