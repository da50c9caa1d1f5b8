import type { NewPaper } from '../schema.ts';

/** A paper's form as fields: originators in numbered rows, boxes as their words. */
export function valuesOf(content: NewPaper, base: string): Record<string, string> {
	const { originators, topics, districts, closed, superordinatedId, ...texts } = content;
	const rows = originators.flatMap(({ organisationId, personId }, index) => [
		[`von${index + 1}`, organisationId],
		[`durch${index + 1}`, personId],
	]);
	return { ...texts, base, closed: closed ? 'yes' : '', ...Object.fromEntries(rows) };
}

/** Rows for originators: those that are filled and two more. */
export function rowsFor(values: Record<string, string>, most: number): number {
	const filled = Object.keys(values).flatMap((name) => {
		const number = /^(?:von|durch)(\d+)$/.exec(name)?.[1];
		return number && values[name] ? [Number(number)] : [];
	});
	return Math.min(most, Math.max(0, ...filled) + 2);
}
