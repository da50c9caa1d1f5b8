import { formatDay, formatList } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { Station } from '../way/types.ts';
import { resultWord, roleWord } from '../way/ui/words.ts';

/** A station in words: who holds it (full names, German), when, and what was said; before that, what it is there for. */
export function stationWords(station: Station, locale: Locale): { bodies: string; on: string; said: string } {
	const { bodies, result, role, happenedOn, plannedOn } = station;
	const day = happenedOn ?? plannedOn;
	return {
		bodies: formatList(
			bodies.map(({ name }) => name),
			'de',
		),
		on: day ? formatDay(day, 'long', locale) : '',
		said: result ? resultWord(result, role) : roleWord(role),
	};
}
