import { speechTag } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';

interface Where {
	locale: Locale;
	body: { timeZone: string };
}

/** '21:47' as the reader's language writes it, in the town's time zone. */
export function clock(at: Temporal.Instant, { locale, body }: Where): string {
	return format(at, locale, { timeZone: body.timeZone, hour: '2-digit', minute: '2-digit' });
}

/** '9. Dezember 2026, 21:47'. */
export function dayAndClock(at: Temporal.Instant, { locale, body }: Where): string {
	return format(at, locale, { timeZone: body.timeZone, dateStyle: 'long', timeStyle: 'short' });
}

function format(at: Temporal.Instant, locale: Locale, options: Intl.DateTimeFormatOptions): string {
	return new Intl.DateTimeFormat(speechTag(locale), options).format(at.epochMilliseconds);
}
