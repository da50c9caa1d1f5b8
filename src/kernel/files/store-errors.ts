/** The store has no file of this hash. */
export class MissingFile extends Error {
	override name = 'MissingFile';
	constructor(hash: string) {
		super(`no file is stored under ${hash}`);
	}
}

/** What is stored under a hash is not what was put there: restore it from a backup. */
export class DamagedFile extends Error {
	override name = 'DamagedFile';
	constructor(hash: string) {
		super(`the stored file ${hash} is damaged`);
	}
}
