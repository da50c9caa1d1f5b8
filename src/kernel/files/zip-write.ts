/** Writes zip containers: archives, and the office formats that are zips of XML. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
	/** With slashes, UTF-8. */
	name: string;
	data: string | Uint8Array;
	/** Uncompressed; OpenDocument demands that of its first entry. */
	store?: boolean;
}

/** 1 January 1980, the first day a zip can name: equal entries give equal bytes, whenever they are packed. */
const NO_DATE = 0x0021;
const MOST = 0xffffffff;

/** A zip of these entries in this order. @throws Error over 4 GB or 65,535 entries, which would need Zip64 */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const entry of entries) {
		const { local, central } = pack(entry, offset);
		offset += local.length;
		files.push(local);
		directory.push(central);
	}
	const size = directory.reduce((sum, one) => sum + one.length, 0);
	if (offset + size > MOST || entries.length > 0xffff) throw new Error('too much for one zip file');
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}

function pack({ name: path, data, store = false }: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
	const bytes = typeof data === 'string' ? Buffer.from(data) : data;
	const packed = store ? Buffer.from(bytes) : deflateRawSync(bytes);
	const name = Buffer.from(path);
	const common = Buffer.alloc(26);
	common.writeUInt16LE(20, 0);
	// The name is UTF-8.
	common.writeUInt16LE(0x0800, 2);
	common.writeUInt16LE(store ? 0 : 8, 4);
	common.writeUInt16LE(NO_DATE, 8);
	common.writeUInt32LE(crc32(bytes), 10);
	common.writeUInt32LE(packed.length, 14);
	common.writeUInt32LE(bytes.length, 18);
	common.writeUInt16LE(name.length, 22);
	const central = Buffer.alloc(46);
	central.writeUInt32LE(0x02014b50, 0);
	central.writeUInt16LE(20, 4);
	common.copy(central, 6);
	central.writeUInt32LE(offset, 42);
	const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
	return { local, central: Buffer.concat([central, name]) };
}
