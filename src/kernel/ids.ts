import { randomFillSync } from 'node:crypto';

/**
 * UUIDv7 (RFC 9562): time-ordered, so that new rows land at the end of every index. Within one millisecond the twelve
 * bits after the version count up, which keeps the order of ids equal to the order of their making in this process.
 */
export function newId(now = Date.now()): string {
	const bytes = randomBytes();
	const [ms, counter] = tick(now);
	for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) % 256;
	bytes[6] = 0x70 | (counter >> 8);
	bytes[7] = counter & 0xff;
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const hex = Buffer.from(bytes).toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Asking for chance costs the same for sixteen bytes as for thousands. */
const chance = new Uint8Array(4096);
let taken = chance.length;

function randomBytes(): Uint8Array {
	if (taken === chance.length) {
		randomFillSync(chance);
		taken = 0;
	}
	return chance.slice(taken, (taken += 16));
}

let lastMs = 0;
let lastCounter = 0;

function tick(now: number): [number, number] {
	if (now > lastMs) {
		lastMs = now;
		lastCounter = 0;
	} else if (++lastCounter > 0xfff) {
		lastMs++;
		lastCounter = 0;
	}
	return [lastMs, lastCounter];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a UUID in the canonical lower-case spelling, the only one that ever reaches SQL text. */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && UUID.test(value);
}
