import * as m from '#messages';
import { formatDay, joinParts, type DateStyle } from '#kernel/i18n/format.ts';
import type { Locale } from '#kernel/i18n/locales.ts';
import type { Station as OnLine } from '#ui/types.ts';
import type { PaperView } from '../../view.ts';
import { decisionOf } from '../rules/facts.ts';
import type { Station } from '../types.ts';
import { bodyNames, resultWord, roleWord, shortFigures } from './words.ts';

/** The way as a line: what was done, where it stands now, what is to come. A decided paper stands nowhere any more. */
export function lineOf(
	paper: Pick<PaperView, 'date' | 'code' | 'state'>,
	stations: readonly Station[],
	locale: Locale,
): OnLine[] {
	const shown = stations.filter(({ state, repeated }) => state !== 'skipped' || !repeated);
	const open = paper.state === 'filed' && !decisionOf(shown);
	const here = open ? shown.findLast(({ state }) => state === 'done') : undefined;
	const day = (on: string) => formatDay(on, dayStyle(on, paper.date), locale);
	const you = paper.code === 'motion' ? m.papers_way_here_motion() : m.papers_way_here();
	const filed: OnLine = {
		what: m.papers_way_filed(),
		...(paper.date && { when: day(paper.date), datetime: paper.date }),
		...(open && !here && { state: 'here', you }),
	};
	const rest = shown.map((station) => ({
		...stop(station, locale, day),
		...(station === here && { state: 'here' as const, you }),
	}));
	return paper.state === 'draft' ? rest : [filed, ...rest];
}

/** A way may take years: a day of another year than the paper's says its own. */
export const dayStyle = (on: string, filed: string | null): DateStyle =>
	filed && on.slice(0, 4) !== filed.slice(0, 4) ? 'long' : 'dayMonth';

function stop(station: Station, locale: Locale, day: (on: string) => string): OnLine {
	const on = station.happenedOn ?? station.plannedOn;
	return {
		what: bodyNames(station),
		lang: 'de',
		when: on ? day(on) : station.state === 'planned' ? m.papers_way_no_day() : '',
		...(on && { datetime: on }),
		note: noteOf(station, locale),
		state: station.state === 'done' ? 'done' : station.state === 'skipped' ? 'done' : 'todo',
	};
}

function noteOf(station: Station, locale: Locale): string {
	if (station.state === 'skipped') return m.papers_way_skipped();
	if (!station.result) return roleWord(station.role);
	return joinParts([resultWord(station.result, station.role), shortFigures(station, locale)], locale);
}

/** Do those who advised recommend different things? */
export function differ(stations: readonly Station[]): boolean {
	const voices = stations.filter(
		({ role, result }) => role !== 'deciding' && ['adopted', 'adoptedChanged', 'rejected'].includes(result!),
	);
	return new Set(voices.map(({ result }) => result)).size > 1;
}
