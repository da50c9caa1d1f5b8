import pg from 'pg';
import { CHANGE_CHANNEL } from '../changes/log.ts';

/** Pauses between two attempts to connect again, in milliseconds; the last one repeats. */
const PAUSES = [50, 200, 500, 1000, 2000, 5000];

export interface ListenerEvents {
	/** A town's log has grown up to `seq`. */
	changed: (bodyId: string, seq: number) => void;
	/** Listening (again): whatever was said in the meantime was not heard, so ask the log. */
	connected: () => void;
}

/**
 * The one connection of this process that hears what writers say (NOTIFY). When it is lost, it is made again until it is
 * closed. It goes straight to the server: a pooler that lends connections out by transaction can't be listened on.
 */
export class Listener {
	readonly #config: pg.PoolConfig;
	readonly #events: ListenerEvents;
	#client: pg.Client | undefined;
	#timer: NodeJS.Timeout | undefined;
	#failures = 0;
	#closed = false;

	constructor(config: pg.PoolConfig, events: ListenerEvents) {
		this.#config = config;
		this.#events = events;
	}

	/** @throws the database's error when the very first attempt fails */
	async open(): Promise<void> {
		const client = new pg.Client({ ...this.#config, application_name: 'mitrat-live', keepAlive: true });
		client.on('error', () => undefined);
		client.on('notification', ({ payload = '' }) => {
			const [bodyId = '', seq] = payload.split(' ');
			this.#events.changed(bodyId, Number(seq));
		});
		try {
			await client.connect();
			await client.query(`listen ${CHANGE_CHANNEL}`);
		} catch (error) {
			await client.end().catch(() => undefined);
			throw error;
		}
		if (this.#closed) return client.end();
		client.on('end', () => this.#again());
		this.#client = client;
		this.#failures = 0;
		this.#events.connected();
	}

	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#timer);
		await this.#client?.end();
	}

	#again(): void {
		this.#client = undefined;
		if (this.#closed) return;
		const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)]!;
		this.#timer = setTimeout(() => void this.open().catch(() => this.#again()), pause);
	}
}
