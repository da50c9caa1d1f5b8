import { formatDay } from '#kernel/i18n/format.ts';

/** Everything in minutes is said in German: they are the official record. */
export const day = (date: string) => formatDay(date, 'long', 'de');
