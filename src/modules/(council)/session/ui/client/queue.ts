/** What was done on this screen and is not saved yet: on the device, so that a crash or a dead network loses nothing. */
export interface Waiting {
	/** Order on this device. */
	order?: number;
	clientId: string;
	room: string;
	kind: string;
	payload: Record<string, unknown>;
	base: string;
	/** Milliseconds since 1970, by this device. */
	madeAt: number;
	/** In words, for the list of what is not saved. */
	says: string;
	/** Set when the server said no: stays until somebody has read it. */
	reason?: string;
}

const STORE = 'operations';

export class Queue {
	readonly #open: Promise<IDBDatabase | null>;
	/** Where the browser forbids a database, the memory of the page has to do. */
	#memory: Waiting[] = [];

	constructor() {
		this.#open = openDatabase().catch(() => null);
	}

	async add(operation: Waiting): Promise<void> {
		const database = await this.#open;
		if (!database) this.#memory.push({ ...operation, order: performance.now() });
		else await done(database.transaction(STORE, 'readwrite').objectStore(STORE).add(operation));
	}

	/** Everything of a room, in the order in which it was done. */
	async of(room: string): Promise<Waiting[]> {
		const database = await this.#open;
		if (!database) return this.#memory.filter((operation) => operation.room === room);
		const all = await done<Waiting[]>(database.transaction(STORE).objectStore(STORE).getAll());
		return all.filter((operation) => operation.room === room);
	}

	async change(operation: Waiting): Promise<void> {
		const database = await this.#open;
		if (!database) this.#memory = this.#memory.map((one) => (one.clientId === operation.clientId ? operation : one));
		else await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(operation));
	}

	async forget(operation: Waiting): Promise<void> {
		const database = await this.#open;
		if (!database) this.#memory = this.#memory.filter((one) => one.clientId !== operation.clientId);
		else await done(database.transaction(STORE, 'readwrite').objectStore(STORE).delete(operation.order!));
	}
}

function openDatabase(): Promise<IDBDatabase> {
	const request = indexedDB.open('mitrat-session', 1);
	request.addEventListener('upgradeneeded', () => {
		request.result.createObjectStore(STORE, { keyPath: 'order', autoIncrement: true });
	});
	return done(request);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.addEventListener('success', () => resolve(request.result));
		request.addEventListener('error', () => reject(request.error ?? new Error('the database of this device failed')));
	});
}
