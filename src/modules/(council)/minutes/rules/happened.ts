import type { Event } from './record.ts';

/** A span in which somebody was there, as the session kept it. ISO times. */
export interface Span {
	attendanceId: string;
	name: string;
	/** What strangers read instead of the name. */
	publicName: string;
	/** Whose seat a substitute holds. */
	substituteFor: string;
	seatId: string | null;
	from: string;
	until: string | null;
	ended: 'left' | 'handedOver' | 'connectionLost' | 'changed' | 'sessionEnd' | null;
}

export interface Happened {
	spans: Span[];
	switches: { closed: boolean; at: string }[];
	breaks: { from: string; until: string | null }[];
	/** Guests who were given the floor, by item, in the order of speaking. */
	floor: { itemId: string; name: string; publicName: string; at: string }[];
}

const instant = (iso: string) => Temporal.Instant.from(iso);
const compare = (a: string, b: string) => Temporal.Instant.compare(instant(a), instant(b));

/**
 * What minutes tell of a session's course (rulebook R2-61): who came and went after the opening, who handed a seat over,
 * breaks, the closed part, guests who were given the floor. Changing between room and video is neither coming nor going.
 */
export function eventsOf(
	{ spans, switches, breaks, floor }: Happened,
	openedAt: string | null,
	time: (iso: string) => string,
): Event[] {
	return [
		...spans.flatMap((span, at) => spanEvents(span, at, spans, openedAt)),
		...switches.map(({ closed, at }, index): Event => ({
			at,
			kind: closed ? 'publicEnds' : 'publicBack',
			itemId: null,
			key: `public:${index}`,
			values: {},
		})),
		...breaks.flatMap(({ from, until }, at): Event[] =>
			until
				? [
						{
							at: from,
							kind: 'break',
							itemId: null,
							key: `break:${at}`,
							values: { from: time(from), until: time(until) },
						},
					]
				: [],
		),
		...floorEvents(floor),
	];
}

function spanEvents(span: Span, at: number, spans: Span[], openedAt: string | null): Event[] {
	const event = (kind: 'arrival' | 'departure' | 'handover', when: string, values: object = {}): Event => ({
		at: when,
		kind,
		itemId: null,
		key: `${kind}:${span.attendanceId}:${at}`,
		values: { name: span.name, ...values },
		publicValues: { name: span.publicName, ...values },
	});
	const events: Event[] = [];
	const before = spans.find(
		(other) =>
			other !== span &&
			other.seatId !== null &&
			other.seatId === span.seatId &&
			other.ended === 'handedOver' &&
			other.until !== null &&
			compare(other.until, span.from) === 0,
	);
	const goesOn = spans.some(
		(other) =>
			other !== span &&
			other.attendanceId === span.attendanceId &&
			other.until !== null &&
			compare(other.until, span.from) === 0,
	);
	if (before) events.push(event('handover', span.from, { principal: before.name }));
	else if (!goesOn && openedAt && compare(span.from, openedAt) > 0) events.push(event('arrival', span.from));
	if (span.until && (span.ended === 'left' || span.ended === 'connectionLost'))
		events.push(event('departure', span.until));
	return events;
}

function floorEvents(floor: Happened['floor']): Event[] {
	const byItem = new Map<string, Happened['floor']>();
	for (const one of floor) byItem.set(one.itemId, [...(byItem.get(one.itemId) ?? []), one]);
	return [...byItem].map(([itemId, spoke]): Event => {
		const list = (key: 'name' | 'publicName') =>
			new Intl.ListFormat('de', { type: 'conjunction' }).format([
				...new Set(spoke.map((one) => one[key]).filter(Boolean)),
			]);
		const many = new Set(spoke.map(({ name }) => name)).size > 1;
		return {
			at: spoke[0]!.at,
			kind: many ? 'floorMany' : 'floor',
			itemId,
			key: `floor:${itemId}`,
			values: { names: list('name') },
			publicValues: { names: list('publicName') },
		};
	});
}
