import type { Content, Reading, Warning } from './types.ts';

/** The reading in the public shape of `mitrat import --dry-run --json`: no passages, warnings as plain sentences. */
export function toImportJson(reading: Reading): Content & { warnings: string[] } {
	const { warnings, spans, ...content } = reading;
	void spans;
	return { ...content, warnings: warnings.map(toLine) };
}

function toLine(warning: Warning): string {
	const params = Object.entries(warning.params).map(([key, value]) => `${key} ${value}`);
	return params.length ? `${warning.code}: ${params.join(', ')}` : warning.code;
}
