/** Where clients find the embedded server. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Address {
	/** For `pg`: the folder of the socket, or an IP address where there are none. */
	host: string;
	/** Removes what had to be made for it. */
	forget(): void;
}

/** A socket's path has room for about 100 bytes, `/.s.PGSQL.5432` included. */
const LONGEST = 85;

/** The socket lies in the cluster folder itself. One with a long path gets a short detour: a link in a private folder. */
export function addressOf(cluster: string): Address {
	if (process.platform === 'win32') return { host: '127.0.0.1', forget: () => undefined };
	if (Buffer.byteLength(cluster) <= LONGEST) return { host: cluster, forget: () => undefined };
	const folder = mkdtempSync(join(tmpdir(), 'mitrat-'));
	symlinkSync(cluster, join(folder, 's'));
	return { host: join(folder, 's'), forget: () => rmSync(folder, { recursive: true, force: true }) };
}
