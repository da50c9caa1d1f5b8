import { getResolvedPDFJS } from 'unpdf';
import type { PdfPage } from './pdf-open.ts';

/** A straight line drawn on the page: at `at` (y of a horizontal, x of a vertical), from `start` to `end`. Points. */
export type Rule = { at: number; start: number; end: number };

/** The drawn lines of a page, y downwards; pieces of one line are joined. */
export type Rules = { horizontal: Rule[]; vertical: Rule[] };

/** What a page draws besides the text that pdf.js itself puts together. */
export type Drawing = {
	rules: Rules;
	/** All letters in drawing order. */
	letters: string;
	/** The page shows anything at all. */
	drawn: boolean;
};

type Matrix = readonly [number, number, number, number, number, number];
type Point = { x: number; y: number };

/** A filled shape this thin is a line. */
const THIN = 3;
const SHORTEST = 3;
/** pdf.js's codes inside a path: 0 move, 1 line, 2 cubic curve, 3 quadratic curve, 4 close. */
const OPERANDS = [2, 2, 6, 4, 0];
/** A page with more path operations is a drawing or a map; its lines are no table. */
const MOST_PATHS = 20_000;

/** Goes through the drawing operations for lines (borders of tables, mostly) and letters. Pictures are ignored. */
export async function pageDrawing(page: PdfPage): Promise<Drawing> {
	const { OPS } = await getResolvedPDFJS();
	const { fnArray, argsArray } = await page.getOperatorList();
	const tracer = new Tracer(page.getViewport({ scale: 1 }).transform as unknown as Matrix);
	const letters: string[] = [];
	const strokes = new Set([OPS.stroke, OPS.closeStroke, ...bothPaints(OPS)]);
	const fills = new Set([OPS.fill, OPS.eoFill, ...bothPaints(OPS)]);
	let paths = 0;
	const steps: Record<number, (args: unknown[]) => void> = {
		[OPS.save]: () => tracer.save(),
		[OPS.restore]: () => tracer.restore(),
		[OPS.transform]: (args) => tracer.transform(args as unknown as Matrix),
		[OPS.paintFormXObjectBegin]: ([matrix]) => {
			tracer.save();
			if (matrix) tracer.transform(matrix as Matrix);
		},
		[OPS.paintFormXObjectEnd]: () => tracer.restore(),
		[OPS.showText]: ([glyphs]) => letters.push(lettersOf(glyphs)),
		[OPS.constructPath]: ([paint, data]) => {
			const path = (data as [ArrayLike<number> | null] | null)?.[0];
			if (!path || paths++ > MOST_PATHS) return;
			if (strokes.has(paint as number)) tracer.stroke(path);
			if (fills.has(paint as number)) tracer.fill(path);
		},
	};
	for (const [index, operation] of fnArray.entries()) steps[operation]?.((argsArray[index] as unknown[]) ?? []);
	return { rules: tracer.rules(), letters: letters.join(''), drawn: fnArray.length > 0 };
}

type Operations = Awaited<ReturnType<typeof getResolvedPDFJS>>['OPS'];

function bothPaints(OPS: Operations): number[] {
	return [OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke];
}

/** Glyphs come as objects, the distances between them as numbers. */
function lettersOf(glyphs: unknown): string {
	if (!Array.isArray(glyphs)) return '';
	return glyphs
		.map((glyph: { unicode?: string } | number | null) => (glyph as { unicode?: string })?.unicode ?? '')
		.join('');
}

class Tracer {
	#matrix: Matrix;
	readonly #saved: Matrix[] = [];
	readonly #horizontal: Rule[] = [];
	readonly #vertical: Rule[] = [];

	constructor(view: Matrix) {
		this.#matrix = view;
	}

	save(): void {
		this.#saved.push(this.#matrix);
	}

	restore(): void {
		this.#matrix = this.#saved.pop() ?? this.#matrix;
	}

	transform(n: Matrix): void {
		const [a, b, c, d, e, f] = this.#matrix;
		this.#matrix = [
			a * n[0] + c * n[1],
			b * n[0] + d * n[1],
			a * n[2] + c * n[3],
			b * n[2] + d * n[3],
			a * n[4] + c * n[5] + e,
			b * n[4] + d * n[5] + f,
		];
	}

	stroke(data: ArrayLike<number>): void {
		for (const shape of this.#shapes(data)) {
			for (let i = 1; i < shape.length; i++) this.#segment(shape[i - 1]!, shape[i]!);
		}
	}

	fill(data: ArrayLike<number>): void {
		for (const shape of this.#shapes(data)) {
			const xs = shape.map((point) => point.x);
			const ys = shape.map((point) => point.y);
			const [left, right] = [Math.min(...xs), Math.max(...xs)];
			const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
			if (bottom - top > THIN && right - left > THIN) continue;
			const centre = { x: (left + right) / 2, y: (top + bottom) / 2 };
			if (right - left > bottom - top) this.#segment({ x: left, y: centre.y }, { x: right, y: centre.y });
			else this.#segment({ x: centre.x, y: top }, { x: centre.x, y: bottom });
		}
	}

	rules(): Rules {
		return { horizontal: joined(this.#horizontal), vertical: joined(this.#vertical) };
	}

	#segment(from: Point, to: Point): void {
		if (Math.abs(from.y - to.y) < 1) {
			this.#horizontal.push(rule((from.y + to.y) / 2, from.x, to.x));
		} else if (Math.abs(from.x - to.x) < 1) {
			this.#vertical.push(rule((from.x + to.x) / 2, from.y, to.y));
		}
	}

	/** The polygons of a path; those with curves are left out. */
	#shapes(data: ArrayLike<number>): Point[][] {
		const shapes: Point[][] = [];
		let shape: Point[] = [];
		for (let at = 0; at < data.length;) {
			const code = data[at]!;
			if (code === 0) shapes.push((shape = []));
			if (code === 0 || code === 1) shape.push(this.#point(data[at + 1]!, data[at + 2]!));
			else if (code === 4 && shape[0]) shape.push(shape[0]);
			else if (code !== 4) shapes.push((shape = []));
			at += 1 + (OPERANDS[code] ?? 0);
		}
		return shapes.filter((each) => each.length > 1 && each.length < 1000);
	}

	#point(x: number, y: number): Point {
		const [a, b, c, d, e, f] = this.#matrix;
		return { x: a * x + c * y + e, y: b * x + d * y + f };
	}
}

function rule(at: number, one: number, other: number): Rule {
	return { at, start: Math.min(one, other), end: Math.max(one, other) };
}

/** Joins pieces that lie on one line: borders are often drawn cell by cell, dash by dash or on both sides of an edge. */
function joined(rules: Rule[]): Rule[] {
	const lines: Rule[][] = [];
	for (const each of rules.toSorted((a, b) => a.at - b.at)) {
		const line = lines.at(-1);
		if (line && each.at - line.at(-1)!.at < 1.5 && each.at - line[0]!.at < THIN) line.push(each);
		else lines.push([each]);
	}
	return lines.flatMap(joinedOnLine).filter((each) => each.end - each.start >= SHORTEST);
}

function joinedOnLine(pieces: Rule[]): Rule[] {
	const at = pieces.reduce((sum, piece) => sum + piece.at, 0) / pieces.length;
	const merged: Rule[] = [];
	for (const piece of pieces.toSorted((a, b) => a.start - b.start)) {
		const last = merged.at(-1);
		if (last && piece.start - last.end < THIN) last.end = Math.max(last.end, piece.end);
		else merged.push({ at, start: piece.start, end: piece.end });
	}
	return merged;
}
