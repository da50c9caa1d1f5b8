import { sql } from 'kysely';
import * as m from '#messages';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { inLanguage } from '#kernel/i18n/current.ts';
import { formatDay, joinParts } from '#kernel/i18n/format.ts';
import { inLocale, isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import { compose, type Block } from '#kernel/mail/compose.ts';
import type { NewsItem } from '#kernel/module.ts';
import { queueMail } from '#kernel/mail/queue.ts';
import { write } from '#kernel/write.ts';
import { linkToken } from '../../planning/links.server.ts';
import { meetingTitle, timeRange } from '../../ui/labels.ts';
import type { MeetingRow } from '../../view.ts';
import type { News } from './rules.ts';
import { itemsFurther } from './sources.server.ts';

/** Path of the page where somebody confirms, changes and ends; `…/ende` ends by one click of a mail program. */
const pageOf = (token: string, locale: Locale) => inLocale(`/abonnement/${token}`, locale);

/** The one letter that goes to an address before its owner agreed. */
export async function sendConfirmation(
	tx: WriteCtx,
	{ email, token, origin, ordered }: { email: string; token: string; origin: string; ordered: string[] },
): Promise<void> {
	const blocks: Block[] = [
		{ kind: 'paragraph', text: m.council_member_news_confirm_mail({ council: councilOf(tx) }) },
		{ kind: 'list', items: ordered, lang: 'de' },
		{ kind: 'button', label: m.council_member_news_confirm(), href: origin + pageOf(token, tx.locale) },
		{ kind: 'footer', lines: [m.council_member_news_confirm_else()] },
	];
	const subject = m.council_member_news_confirm_subject({ council: councilOf(tx) });
	await queueMail(tx, { to: email, locale: tx.locale, subject, ...compose(blocks) });
}

function councilOf(ctx: Pick<Ctx, 'body'>): string {
	return ctx.body.settings.councilName ?? ctx.body.name;
}

export interface LettersOrder {
	batch: string;
	origin: string;
}

interface Item extends Pick<
	MeetingRow,
	'slug' | 'number' | 'kind' | 'public' | 'date' | 'startsAt' | 'endsAt' | 'place'
> {
	bodies: string[];
	bodyName: string;
	what: News[];
	cancelNote: string;
	agenda: { number: string; title: string }[];
}

/**
 * Sends what one look found: each subscriber gets one letter with all news of what they ordered, in their language. Each letter
 * is a write of its own, noted with it: a run that broke off goes on where it stood.
 */
export async function sendNews(ctx: Ctx, payload: unknown): Promise<void> {
	const { batch, origin } = payload as LettersOrder;
	const items = await itemsOf(ctx, batch);
	const further = await itemsFurther(ctx, batch);
	const { rows } = await sql<{ id: string; email: string; locale: string; bodies: string[]; further: string[] }>`
select s.id, s.email, s.locale,
	array(select n.council_body_id::text from council.subscription n
		where n.body_id = s.body_id and n.subscriber_id = s.id and n.confirmed) as bodies,
	array(select n.source || ':' || n.choice_id from council.subscription_further n
		where n.body_id = s.body_id and n.subscriber_id = s.id and n.confirmed) as further
from council.subscriber s
where s.body_id = ${ctx.body.id} and s.confirmed_at is not null
	and not exists (select from council.news_letter l where l.body_id = s.body_id and l.batch = ${batch} and l.subscriber_id = s.id)`.execute(
		ctx.db,
	);
	for (const { id, email, locale: tag, ...ordered } of rows) {
		const told: Told = {
			meetings: items.filter((item) => item.bodies.some((body) => ordered.bodies.includes(body))),
			further: further.filter((item) => item.values.some((value) => ordered.further.includes(value))),
		};
		if (!told.meetings.length && !told.further.length) continue;
		const locale = isLocale(tag) ? tag : SOURCE_LOCALE;
		await write(ctx, async (tx) => {
			const { rows: fresh } = await sql`insert into council.news_letter (body_id, batch, subscriber_id, at)
				select body_id, ${batch}, id, ${tx.now} from council.subscriber where body_id = ${tx.body.id} and id = ${id}
				on conflict do nothing returning batch`.execute(tx.db);
			if (!fresh.length) return;
			const token = linkToken('news', id);
			const letter = inLanguage(locale, () => newsLetter(tx, told, { locale, origin, token }));
			const unsubscribeUrl = `${origin}${pageOf(token, locale)}/ende`;
			await queueMail(tx, { to: email, locale, ...letter, unsubscribeUrl });
		});
	}
}

/** What the letters of a batch tell; what is not public any more is left out. */
async function itemsOf(ctx: Ctx, batch: string): Promise<Item[]> {
	const { rows } = await sql<Item>`
select m.slug, m.number, m.kind, m.public, m.date::text as date, to_json(m.starts_at)#>>'{}' as "startsAt",
	to_json(m.ends_at)#>>'{}' as "endsAt", m.cancel_note as "cancelNote", o.name as "bodyName", n.what,
	coalesce(nullif(m.place_text, ''), concat_ws(', ', p.name, nullif(p.room, ''), nullif(p.street, '')), '') as place,
	array(select m.council_body_id union select j.council_body_id from council.meeting_body j
		where j.body_id = m.body_id and j.meeting_id = m.id)::text[] as bodies,
	coalesce((select json_agg(json_build_object('number', i.number, 'title', case when i.public then i.title else i.neutral_title end)
		order by i.position) from council.agenda_item i where i.body_id = m.body_id and i.meeting_id = m.id and not i.removed
		and n.what && array['agenda', 'agendaChanged']), '[]') as agenda
from council.news n join council.meeting m on m.body_id = n.body_id and m.id = n.meeting_id
join registry.organisation o on o.body_id = m.body_id and o.id = m.council_body_id
left join registry.place p on p.body_id = m.body_id and p.id = m.place_id
where n.body_id = ${ctx.body.id} and n.batch = ${batch} and m.public and m.published
order by m.date, m.starts_at, m.id`.execute(ctx.db);
	return rows;
}

const WORDS: Record<News, () => string> = {
	new: m.council_member_news_new,
	moved: m.council_member_news_moved,
	cancelled: m.council_member_news_cancelled,
	revived: m.council_member_news_revived,
	agenda: m.council_member_news_agenda,
	agendaChanged: m.council_member_news_agenda_changed,
	minutes: m.council_member_news_minutes,
	minutesChanged: m.council_member_news_minutes_changed,
};

/** What one letter tells: sessions, then what other modules know. */
interface Told {
	meetings: Item[];
	further: NewsItem[];
}

interface LetterTo {
	locale: Locale;
	origin: string;
	token: string;
}

function newsLetter(ctx: Pick<Ctx, 'body'>, { meetings, further }: Told, { locale, origin, token }: LetterTo) {
	const [first] = meetings;
	const said = further.map((item) => item.say({ locale, origin }));
	const count = meetings.length + said.length;
	const single = first
		? m.council_member_news_subject({
				what: WORDS[first.what[0]!](),
				meeting: meetingTitle(first),
				date: formatDay(first.date, 'long', locale),
			})
		: said[0]!.subject;
	const subject = count === 1 ? single : m.council_member_news_subject_many({ count });
	const footer: Block = {
		kind: 'footer',
		lines: [m.council_member_news_why()],
		link: { label: m.council_member_news_change(), href: origin + pageOf(token, locale) },
	};
	const blocks = [
		...meetings.flatMap((item) => sectionOf(ctx, item, { locale, origin })),
		...said.flatMap(({ blocks: theirs }) => theirs),
		footer,
	];
	return { subject, ...compose(blocks) };
}

/** Several sentences may be new of one session: first what, then when and where, then what will be discussed. */
function sectionOf(ctx: Pick<Ctx, 'body'>, item: Item, { locale, origin }: Omit<LetterTo, 'token'>): Block[] {
	const date = formatDay(item.date, 'full', locale);
	const speech = { locale, timeZone: ctx.body.timeZone };
	const time = timeRange(item.startsAt, item.endsAt, speech);
	const over = item.what.some((what) => what === 'minutes' || what === 'minutesChanged');
	const shown = item.agenda.slice(0, 30).map(({ number, title }) => (number ? `${number} ${title}` : title));
	const page = inLocale(`/sitzungen/${item.slug}`, locale);
	return [
		{ kind: 'heading', text: joinParts([meetingTitle(item), item.bodyName], locale) },
		{ kind: 'paragraph', text: item.what.map((what) => WORDS[what]()).join('\n') },
		...(item.cancelNote && item.what.includes('cancelled')
			? [{ kind: 'paragraph' as const, text: item.cancelNote, lang: 'de' }]
			: []),
		{
			kind: 'facts',
			facts: [
				{ label: m.council_agenda_fact_day(), value: date },
				...(time && !over ? [{ label: m.council_fact_time(), value: time }] : []),
				...(item.place && !over ? [{ label: m.council_fact_place(), value: item.place }] : []),
			],
		},
		...(shown.length ? [{ kind: 'list' as const, items: shown, lang: 'de' }] : []),
		...(shown.length && !locale.startsWith('de')
			? [{ kind: 'paragraph' as const, text: m.council_german_binding() }]
			: []),
		{
			kind: 'button',
			label: over ? m.council_minutes_read() : m.council_agenda_mail_page(),
			href: origin + (over ? `${page}/niederschrift` : page),
		},
	];
}
