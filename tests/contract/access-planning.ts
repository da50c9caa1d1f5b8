import { hashToken } from '../../src/kernel/identity/token.ts';
import type { App } from '../support/app.ts';
import type { Fixtures } from './access-fixtures.ts';

/** Examples of what comes before a session: a poll for a date with one person who was asked. */
export async function planningFixtures({ database: { sql } }: App): Promise<Fixtures> {
	const [poll] = await sql<{ id: string }>(
		`insert into council.date_poll (body_id, id, council_body_id, title, answer_by)
		 select body_id, gen_random_uuid(), id, 'Probe', '2099-01-01' from council.council_body where kind = 'council' returning id`,
	);
	await sql(
		`insert into council.date_poll_voter (body_id, id, poll_id, person_id, token_hash)
		 select body_id, gen_random_uuid(), $1, id, $2 from registry.person where family_name = 'Probe member'`,
		[poll!.id, hashToken('umfrage-beispiel')],
	);
	await sql(
		`insert into council.topic_proposal (body_id, id, council_body_id, title, origin, token_hash, delete_on)
		 select body_id, gen_random_uuid(), id, 'Probe', 'resident', $1, '2099-01-01' from council.council_body where kind = 'council'`,
		[hashToken('thema-beispiel')],
	);
	await sql(
		`insert into council.event (body_id, id, council_body_id, slug, title, date)
		 select body_id, gen_random_uuid(), id, 'veranstaltung-beispiel', 'Beispiel', '2099-01-01' from council.council_body where kind = 'council'`,
	);
	await sql(
		`insert into council.personal_calendar (body_id, person_id, token_hash)
		 select body_id, id, $1 from registry.person where family_name = 'Probe member'`,
		[hashToken('kalender-beispiel')],
	);
	await sql(
		`insert into council.subscriber (body_id, id, email, locale, token_hash, asked_at, mailed_at)
		 select id, gen_random_uuid(), 'abo@probe.example', 'de', $1, now(), now() from kernel.town where demonstration`,
		[hashToken('abonnement-beispiel')],
	);
	return {
		'/abonnement/[token]': { 'by its link': 'abonnement-beispiel' },
		'/kalender/[token]': { 'by its address': 'kalender-beispiel' },
		'/veranstaltungen/[slug]': { public: 'veranstaltung-beispiel' },
		'/themen/stand/[token]': { 'by its link': 'thema-beispiel' },
		'/terminfindung/[id]': { poll: poll!.id },
		'/umfrage/[token]': { 'by its link': 'umfrage-beispiel' },
	};
}
