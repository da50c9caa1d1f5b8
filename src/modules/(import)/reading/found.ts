import { type Text, range } from './text.ts';
import type { Confidence, NoteKey, Provenance, Warning, WarningCode } from './types.ts';

/** A value together with the passage it came from. */
export type Found<T> = { value: T; piece: Text; confidence: Confidence; note?: NoteKey };

/** A string value exactly as the piece reads (breaks in cells become blanks). */
export function printed(piece: Text, confidence: Confidence = 'sure', note?: NoteKey): Found<string> {
	return { value: piece.text.replace(/[\u2028\t]+/g, ' '), piece, confidence, ...(note && { note }) };
}

export function derived<T>(value: T, piece: Text, confidence: Confidence = 'sure', note?: NoteKey): Found<T> {
	return { value, piece, confidence, ...(note && { note }) };
}

/** Collects the passages of all values while the reading is put together. */
export class Ledger {
	readonly spans: Record<string, Provenance> = {};
	readonly warnings: Warning[] = [];

	/** Notes where `path` was found and returns the bare value; null stays null. */
	put<T>(path: string, found: Found<T> | null | undefined): T | null {
		if (!found) return null;
		const where = range(found.piece);
		if (where) this.spans[path] = { ...where, confidence: found.confidence, ...(found.note && { note: found.note }) };
		return found.value;
	}

	warn(code: WarningCode, params: Record<string, string | number> = {}, piece: Text | null = null): void {
		const where = piece && range(piece);
		this.warnings.push({ code, params, start: where?.start ?? null, end: where?.end ?? null });
	}
}
