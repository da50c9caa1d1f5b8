import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { isLocale, SOURCE_LOCALE, type Locale } from '#kernel/i18n/locales.ts';
import { hashToken } from '#kernel/identity/token.ts';

export interface NewsBody {
	id: string;
	name: string;
	slug: string;
}

/** Bodies whose sessions anybody may be told of, the town's main one first. One query. */
export async function newsBodies(ctx: Pick<Ctx, 'db' | 'body'>): Promise<NewsBody[]> {
	const { rows } = await sql<NewsBody>`
select b.id, o.name, b.slug from council.council_body b join registry.organisation o on o.body_id = b.body_id and o.id = b.id
where b.body_id = ${ctx.body.id} and b.visibility = 'public'
order by b.id = ${ctx.body.settings.mainBodyId ?? null}::uuid desc nulls last, b.kind <> 'council', o.name`.execute(
		ctx.db,
	);
	return rows;
}

/** How many people asked for news of a body; for its office, never who. One query. */
export async function subscriberCount(ctx: Pick<Ctx, 'db' | 'body'>, councilBodyId: string): Promise<number> {
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from council.subscription
		where body_id = ${ctx.body.id} and council_body_id = ${councilBodyId} and confirmed`.execute(ctx.db);
	return rows[0]!.count;
}

export interface SubscriberView {
	id: string;
	email: string;
	locale: Locale;
	/** False until the button behind the first letter was pressed. */
	confirmed: boolean;
	bodies: (NewsBody & { confirmed: boolean })[];
}

/** What somebody subscribed to, by the address in their letters. One query. @throws NotFound for an address nobody has */
export async function subscriberByToken(ctx: Pick<Ctx, 'db' | 'body'>, token: string): Promise<SubscriberView> {
	const { rows } = await sql<Omit<SubscriberView, 'locale'> & { locale: string }>`
select s.id, s.email, s.locale, s.confirmed_at is not null as confirmed,
	coalesce((select json_agg(json_build_object('id', c.id, 'name', o.name, 'slug', c.slug, 'confirmed', n.confirmed) order by o.name)
		from council.subscription n join council.council_body c on c.body_id = n.body_id and c.id = n.council_body_id
		join registry.organisation o on o.body_id = c.body_id and o.id = c.id
		where n.body_id = s.body_id and n.subscriber_id = s.id and c.visibility = 'public'), '[]') as bodies
from council.subscriber s where s.body_id = ${ctx.body.id} and s.token_hash = ${hashToken(token)}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('subscription');
	const { locale } = rows[0];
	return { ...rows[0], locale: isLocale(locale) ? locale : SOURCE_LOCALE };
}
