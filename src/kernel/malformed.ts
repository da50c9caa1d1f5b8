/**
 * PostgreSQL could not read a value that came from outside: no number, no UUID, no day, out of range, a NUL in a text. Whoever
 * sends what our pages don't offer gets no further than this; the classes of codes stand in PostgreSQL's appendix A.
 */
const CODES = new Set(['22P02', '22P05', '22021', '22003', '22007', '22008', '22023', '22026', '22001']);

/** Is the request to blame: a body that is no form, or a value that no field can hold? */
export function isMalformed(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (CODES.has((error as { code?: string }).code ?? '')) return true;
	// the framework, on an address with a parameter that no header can hold
	if (error.message.startsWith('Invalid redirect location')) return true;
	// undici, on a body that is not what its type says
	return (
		error.name === 'TypeError' &&
		/^(?:Failed to parse body as FormData|Content-Type was not one of)/.test(error.message)
	);
}
