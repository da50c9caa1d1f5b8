/** What the public can know of a session, as far as a letter is worth it. */
export interface Facts {
	/** ISO day. */
	date: string;
	startsAt: string | null;
	endsAt: string | null;
	place: string;
	cancelled: boolean;
	/** The invitation is out: from then on the agenda is more than a draft. */
	invited: boolean;
	/** Numbers and titles as strangers read them; fixed once the session has begun. */
	agenda: string;
	/** Number of the published version of the minutes; null while there is none. */
	minutes: number | null;
}

export type News =
	'new' | 'moved' | 'cancelled' | 'revived' | 'agenda' | 'agendaChanged' | 'minutes' | 'minutesChanged';

/**
 * What is new since subscribers were told last. A session that was over before anybody was told of it is no news; of a
 * session on an earlier day only its minutes are.
 * @param today ISO day
 */
export function newsOf(told: Facts | null, now: Facts, today: string): News[] {
	const coming = now.date >= today;
	if (!told) return coming && !now.cancelled ? (now.invited ? ['new', 'agenda'] : ['new']) : [];
	const news: News[] = [];
	if (coming && now.cancelled !== told.cancelled) news.push(now.cancelled ? 'cancelled' : 'revived');
	if (coming && !now.cancelled) {
		const moved = (['date', 'startsAt', 'endsAt', 'place'] as const).some((name) => now[name] !== told[name]);
		if (moved) news.push('moved');
		if (now.invited && !told.invited) news.push('agenda');
		else if (now.invited && now.agenda !== told.agenda) news.push('agendaChanged');
	}
	if (now.minutes !== null && now.minutes !== told.minutes)
		news.push(told.minutes === null ? 'minutes' : 'minutesChanged');
	return news;
}

/**
 * Whether what the last look saw still stands. A cancellation or a date is told only when it stood still, too: who presses
 * the wrong button has a quarter of an hour.
 */
export function settled(seen: Facts | null, now: Facts): boolean {
	return seen !== null && JSON.stringify(canonical(seen)) === JSON.stringify(canonical(now));
}

/** Fields in one order: the database gives them back in its own. */
function canonical({ date, startsAt, endsAt, place, cancelled, invited, agenda, minutes }: Facts): unknown[] {
	return [date, startsAt, endsAt, place, cancelled, invited, agenda, minutes];
}
