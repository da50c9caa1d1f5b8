/**
 * What the network, the disk or PostgreSQL says when something that the program stands on cannot serve at this moment: it is
 * away, starting, ending, full, or may not write. The next try may succeed; nothing is wrong with what was asked.
 */
const CODES = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOENT',
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EAI_AGAIN',
	// admin and crash shutdown, cannot connect now; too many connections
	'57P01',
	'57P02',
	'57P03',
	'53300',
	// our own disk: full, read-only, failing
	'ENOSPC',
	'EDQUOT',
	'EROFS',
	'EIO',
	// the database's disk is full, or its memory; a file of the cluster could not be read or written; a standby takes no writes
	'53100',
	'53200',
	'58030',
	'25006',
]);
/** The driver's own sentences carry no code. */
const SENTENCES =
	/^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Is this error the absence of database, disk or file store, and no fault of a query or of the program? Looks at causes, too. */
export function isAway(error: unknown): boolean {
	for (let one: unknown = error; one instanceof Error; one = one.cause) {
		const { code, syscall } = one as NodeJS.ErrnoException;
		// A missing file has the same code as a missing socket, and as a folder that Node cannot make on a read-only disk.
		if (
			code === 'ENOENT'
				? syscall === 'connect' || syscall === 'mkdir'
				: code !== undefined && (CODES.has(code) || code.startsWith('08'))
		)
			return true;
		if (SENTENCES.test(one.message) || one.name === 'StoreUnavailable') return true;
		if (one instanceof AggregateError && one.errors.some(isAway)) return true;
	}
	return false;
}
