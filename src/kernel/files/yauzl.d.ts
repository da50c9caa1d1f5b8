/** The part of yauzl 3 that is used here; the package brings no types. */
declare module 'yauzl' {
	import type { Readable } from 'node:stream';

	export type Entry = {
		fileName: string;
		compressedSize: number;
		uncompressedSize: number;
		/** 0 stored, 8 deflated. */
		compressionMethod: number;
		isEncrypted(): boolean;
	};

	export type ZipFile = {
		entryCount: number;
		eachEntry(): AsyncIterable<Entry>;
		openReadStreamPromise(entry: Entry, options?: { decodeFileData?: boolean }): Promise<Readable>;
	};

	export function fromBufferPromise(
		buffer: Buffer,
		options?: { decodeStrings?: boolean; validateEntrySizes?: boolean; strictFileNames?: boolean },
	): Promise<ZipFile>;
}
