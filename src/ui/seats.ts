/** Where one seat stands in the drawing, in units of its viewBox. */
export type SeatPoint = { x: number; y: number; row: number };
/** A half-round plan: width 420, its height, the radius of a seat, the points and the arcs behind them. */
export type SeatPlan = { height: number; radius: number; points: SeatPoint[]; arcs: string[] };

const width = 420;
const middle = width / 2;

/**
 * Lays n seats on at most three half-round rows, inner row first, each row from the start side round to the end side.
 * `rows` gives the seats of each row where the council has an order of its own (delegates inside, residents outside);
 * otherwise rows are filled in proportion to their length.
 * @throws RangeError when the rows do not add up to n.
 */
export function seatPlan(n: number, rows?: number[]): SeatPlan {
	const counts = rows ?? spread(n);
	if (counts.reduce((a, b) => a + b, 0) !== n) throw new RangeError(`rows ${counts} do not hold ${n} seats`);
	const outer = 186;
	const step = counts.length > 2 ? 48 : 54;
	const radius = Math.min(17, fitting(counts, outer, step));
	const baseline = outer + radius + 6;
	const rings = counts.map((count, i) => ring(count, outer - (counts.length - 1 - i) * step, baseline, i));
	return {
		height: Math.ceil(baseline + radius + 22),
		radius,
		points: rings.flatMap((r) => r.points),
		arcs: rings.map((r) => r.arc),
	};
}

/** How many seats each row takes, inner first, when nobody has said. */
function spread(n: number): number[] {
	const rows = n <= 9 ? 1 : n <= 30 ? 2 : 3;
	const lengths = [[1], [0.42, 0.58], [0.24, 0.33, 0.43]][rows - 1] ?? [1];
	const counts = lengths.slice(0, -1).map((share) => Math.round(n * share));
	return [...counts, n - counts.reduce((a, b) => a + b, 0)];
}

/** The largest radius with which neighbours in the fullest row do not touch. */
function fitting(counts: number[], outer: number, step: number): number {
	const gaps = counts.map((count, i) => {
		const r = outer - (counts.length - 1 - i) * step;
		return count > 1 ? (Math.PI * r) / (count - 1) / 2 - 3 : 99;
	});
	return Math.max(6, Math.min(...gaps));
}

function ring(count: number, r: number, baseline: number, row: number): { points: SeatPoint[]; arc: string } {
	const at = (i: number) => Math.PI - (count === 1 ? Math.PI / 2 : (Math.PI * i) / (count - 1));
	const points = Array.from({ length: count }, (_, i) => ({
		x: round(middle + r * Math.cos(at(i))),
		y: round(baseline - r * Math.sin(at(i))),
		row,
	}));
	return { points, arc: `M${middle - r} ${round(baseline)}A${r} ${r} 0 0 1 ${middle + r} ${round(baseline)}` };
}

const round = (value: number) => Math.round(value * 10) / 10;
