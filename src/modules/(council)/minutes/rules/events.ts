import { formatTime } from '#kernel/i18n/format.ts';
import type { Said } from './content.ts';
import { sentence } from './sentence.ts';
import type { Event, Source } from './record.ts';
import type { Sentence } from './style.ts';

/**
 * What happened at a time (arrivals, departures, bias, the closed part), told under the item that was running then
 * (rulebook R2-61). Before the first item opened it stands at the beginning, after the last one at the end.
 */
export function eventSentences(source: Source): { before: Said[]; byItem: Map<string, Said[]>; after: Said[] } {
	const before: Said[] = [];
	const after: Said[] = [];
	const byItem = new Map<string, Said[]>();
	const opened = source.meeting.items
		.flatMap((item) => {
			const at = source.items[item.id]?.openedAt;
			return at ? [{ id: item.id, at: Temporal.Instant.from(at) }] : [];
		})
		.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
	for (const event of [...source.events].sort((a, b) => order(a, b))) {
		const time = formatTime(event.at, 'de', source.timeZone);
		const said = sentence(
			source,
			event.key,
			event.kind as Sentence,
			{ time, ...event.values },
			event.publicValues && { time, ...event.publicValues },
		);
		const at = Temporal.Instant.from(event.at);
		const running = event.itemId ?? opened.findLast((item) => Temporal.Instant.compare(item.at, at) <= 0)?.id;
		if (running) byItem.set(running, [...(byItem.get(running) ?? []), ...said]);
		else if (
			source.meeting.closedAt &&
			Temporal.Instant.compare(at, Temporal.Instant.from(source.meeting.closedAt)) >= 0
		)
			after.push(...said);
		else before.push(...said);
	}
	return { before, byItem, after };
}

function order(a: Event, b: Event): number {
	return Temporal.Instant.compare(Temporal.Instant.from(a.at), Temporal.Instant.from(b.at));
}
