/** What a reader may spend on one uploaded file. */
export type Limits = {
	/** Size of the file as uploaded, bytes. */
	fileBytes: number;
	pages: number;
	/** Sum of all unpacked parts of a zip container, bytes. */
	unpackedBytes: number;
	/** Unpacked size divided by packed size, looked at from `ratioFromBytes` on: real documents stay far below. */
	unpackedRatio: number;
	ratioFromBytes: number;
	/** Wall time of one file inside the reader process, seconds. */
	seconds: number;
	/** Resident memory of the reader process, bytes. */
	memoryBytes: number;
};

const MB = 1024 * 1024;

export const DEFAULT_LIMITS: Readonly<Limits> = {
	fileBytes: 50 * MB,
	pages: 1000,
	unpackedBytes: 200 * MB,
	unpackedRatio: 200,
	ratioFromBytes: 10 * MB,
	seconds: 30,
	memoryBytes: 1024 * MB,
};

/** The defaults with some values replaced. */
export function limitsWith(changes: Partial<Limits> = {}): Limits {
	return { ...DEFAULT_LIMITS, ...changes };
}
