import pg from 'pg';

/**
 * How PostgreSQL's values look in TypeScript: dates and times are Temporal, 64-bit integers numbers (they count rows and
 * changes, far below 2^53), everything else as `pg` does it.
 */
const OID = { int8: 20, date: 1082, time: 1083, timestamptz: 1184, timestamp: 1114 } as const;

const parsers: Record<number, (text: string) => unknown> = {
	[OID.int8]: Number,
	[OID.date]: (text) => Temporal.PlainDate.from(text),
	[OID.time]: (text) => Temporal.PlainTime.from(text),
	[OID.timestamptz]: (text) => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
	[OID.timestamp]: (text) => Temporal.PlainDateTime.from(text.replace(' ', 'T')),
};

/** Type parsers for `pg` queries of this program; better-auth and graphile-worker keep their own. */
export const types = {
	getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
		const own = format === 'binary' ? undefined : parsers[oid];
		return own ?? (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown);
	},
};

/** Temporal values know no PostgreSQL spelling of their own: `pg` would send them as quoted JSON. */
export function toParameter(value: unknown): unknown {
	if (
		value instanceof Temporal.Instant ||
		value instanceof Temporal.PlainDate ||
		value instanceof Temporal.PlainTime ||
		value instanceof Temporal.PlainDateTime ||
		value instanceof Temporal.ZonedDateTime
	) {
		return value instanceof Temporal.ZonedDateTime ? value.toInstant().toString() : value.toString();
	}
	return value;
}
