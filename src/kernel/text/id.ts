/** Block ids: 9 characters of time (milliseconds) and 4 of order and chance, base 32, so they sort by time. */

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TAIL = 32 ** 4;

let lastTime = 0;
let tail = 0;

/**
 * A new block id, e.g. `01k8r3m7qa7tn`. Ids made in one process rise strictly, in different processes they sort
 * by the clock.
 */
export function newBlockId(now: number = Date.now()): string {
	const time = Math.max(now, lastTime);
	// Leave the upper half free, so that many ids in one millisecond can count on from a random start.
	tail = time === lastTime ? tail + 1 : Math.floor(Math.random() * (TAIL / 2));
	lastTime = time;
	if (tail >= TAIL) {
		lastTime = time + 1;
		tail = 0;
	}
	return encode(lastTime, 9) + encode(tail, 4);
}

function encode(value: number, length: number): string {
	let digits = '';
	for (let rest = value; digits.length < length; rest = Math.floor(rest / 32)) digits = DIGITS[rest % 32] + digits;
	return digits;
}
