import * as m from '#messages';
import type { WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { compose } from '#kernel/mail/compose.ts';
import { queueMail } from '#kernel/mail/queue.ts';

/**
 * Asks the group whose seat became vacant to name somebody else: a letter to its contact, signed by the office under the name
 * it bears (GRE-28, GRE-34). Without a contact or address nothing is sent; the desk says so.
 */
export async function askGroup(tx: WriteCtx, departureId: string, origin: string): Promise<void> {
	const departure = await tx.db
		.selectFrom('council.departure as d')
		.innerJoin('council.seat as s', 's.id', 'd.seat_id')
		.innerJoin('council.council_body as cb', 'cb.id', 'd.council_body_id')
		.innerJoin('registry.organisation as b', 'b.id', 'd.council_body_id')
		.innerJoin('registry.organisation as g', 'g.id', 's.organisation_id')
		.select([
			'd.on_date',
			'd.outcome',
			's.number',
			's.organisation_id',
			'cb.slug',
			'b.name',
			'b.office_label',
			'g.name as group',
		])
		.where('d.id', '=', departureId)
		.executeTakeFirst();
	if (!departure?.organisation_id) return;
	const contact = await tx.db
		.selectFrom('council.group_contact as c')
		.innerJoin('registry.person as p', 'p.id', 'c.person_id')
		.select(['p.id', 'p.email', 'p.locale', 'p.given_name', 'p.family_name'])
		.where('c.organisation_id', '=', departure.organisation_id)
		.executeTakeFirst();
	const asked = contact?.email ? { asked_at: tx.now } : {};
	await tx.db
		.updateTable('council.departure')
		.set({ asked_organisation_id: departure.organisation_id, ...asked })
		.where('id', '=', departureId)
		.execute();
	if (!contact?.email) return;
	// Working words exist in German and English.
	const locale = contact.locale === 'en' ? 'en' : 'de';
	const letter = inLanguage(locale, () => {
		const date = formatDay(departure.on_date.toString(), 'long', locale);
		const body = departure.name;
		const ends = departure.outcome === 'ends';
		return {
			subject: m.council_structure_ask_subject({ body }),
			...compose([
				{ kind: 'paragraph', text: m.council_structure_ask_greeting({ group: departure.group }) },
				{
					kind: 'paragraph',
					text: ends
						? m.council_structure_ask_vacant({ body, date, number: String(departure.number) })
						: m.council_structure_ask_replace({ body, date, number: String(departure.number) }),
				},
				{ kind: 'paragraph', text: m.council_structure_ask_please() },
				{
					kind: 'button',
					label: m.council_structure_ask_page(),
					href: `${origin}${inLocale(`/gremien/${departure.slug}`, locale)}`,
				},
				{
					kind: 'footer',
					lines: [departure.office_label || m.council_structure_office_default(), body, tx.body.name],
				},
			]),
		};
	});
	const name = [contact.given_name, contact.family_name].filter(Boolean).join(' ');
	await queueMail(tx, { to: { name, address: contact.email }, locale, personId: contact.id, ...letter });
}
