/** COPY in both directions over `pg`, which brings none of its own; the embedded server has no pg_dump. */
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** What a client of `pg` hands to a query of one's own. */
interface Wire {
	stream: Duplex;
	query(text: string): void;
	sync(): void;
	sendCopyFromChunk(chunk: Uint8Array): void;
	endCopyFrom(): void;
	sendCopyFail(reason: string): void;
}

abstract class Copy {
	readonly done: Promise<number>;
	protected settle!: { resolve: (rows: number) => void; reject: (error: unknown) => void };
	#failed: Error | undefined;
	#rows = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
		this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
	}

	submit(wire: Wire): void {
		wire.query(this.#text);
	}
	handleRowDescription(): void {}
	handleCommandComplete({ text }: { text: string }): void {
		this.#rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
	}
	/** The server goes on to `ReadyForQuery` after an error; a lost connection does not, so both end it here. */
	handleError(error: Error): void {
		this.#failed ??= error;
		this.settle.reject(error);
	}
	handleReadyForQuery(): void {
		if (this.#failed) this.settle.reject(this.#failed);
		else this.settle.resolve(this.#rows);
	}
}

class CopyOut extends Copy {
	readonly #take: (chunk: Buffer) => Promise<void> | undefined;

	constructor(text: string, take: (chunk: Buffer) => Promise<void> | undefined) {
		super(text);
		this.#take = take;
	}

	/** Whoever takes slower than the server sends makes the socket wait. */
	handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire): void {
		// The piece lies in the connection's own buffer, which the next packet overwrites.
		const wait = this.#take(Buffer.from(chunk));
		if (!wait) return;
		wire.stream.pause();
		wait.then(
			() => wire.stream.resume(),
			(error: Error) => {
				this.handleError(error);
				wire.stream.destroy(error);
			},
		);
	}
}

class CopyIn extends Copy {
	readonly #source: AsyncIterable<Uint8Array>;

	constructor(text: string, source: AsyncIterable<Uint8Array>) {
		super(text);
		this.#source = source;
	}

	handleCopyInResponse(wire: Wire): void {
		this.#feed(wire).catch((error: Error) => {
			this.handleError(error);
			wire.sendCopyFail('the source failed');
		});
	}

	async #feed(wire: Wire): Promise<void> {
		for await (const chunk of this.#source) {
			wire.sendCopyFromChunk(chunk);
			if (wire.stream.writableNeedDrain) await new Promise((resolve) => wire.stream.once('drain', resolve));
		}
		wire.endCopyFrom();
	}
}

/**
 * Runs `COPY … TO STDOUT`.
 * @param take is given each piece; a promise makes the server wait
 * @returns number of rows
 * @throws the server's error, or that of `take` (the connection is lost then)
 */
export function copyOut(
	client: pg.ClientBase,
	text: string,
	take: (chunk: Buffer) => Promise<void> | undefined,
): Promise<number> {
	return run(client, new CopyOut(text, take));
}

/**
 * Runs `COPY … FROM STDIN`.
 * @returns number of rows
 * @throws the server's error, or that of the source; the transaction is over then
 */
export function copyIn(client: pg.ClientBase, text: string, source: AsyncIterable<Uint8Array>): Promise<number> {
	return run(client, new CopyIn(text, source));
}

/** The types of `pg` know a connection's methods only from inside. */
function run(client: pg.ClientBase, copy: Copy): Promise<number> {
	client.query(copy as unknown as pg.Submittable);
	return copy.done;
}
