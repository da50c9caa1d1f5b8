import type { Queue, Waiting } from './queue.ts';

/** What the server said to one operation; `words` is the sentence of a refusal. */
export interface Said {
	clientId: string;
	state: 'done' | 'repeated' | 'refused' | 'conflict';
	seq?: number;
	result?: unknown;
	words?: string;
	current?: { text?: string; hash?: string } | null;
}

interface Hooks {
	/** After each try: how many wait, and whether the server could be reached. */
	tried: (waiting: Waiting[], reached: boolean) => void;
	/** The server answered. */
	reached: () => void;
	said: (operation: Waiting, said: Said) => void;
}

const PAUSE = 3000;
const AT_ONCE = 50;

/** Sends what waits, in its order, again and again until the server has it. */
export class Sender {
	readonly #queue: Queue;
	readonly #room: string;
	readonly #address: string;
	readonly #hooks: Hooks;
	#running: Promise<void> = Promise.resolve();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(queue: Queue, room: string, address: string, hooks: Hooks) {
		this.#queue = queue;
		this.#room = room;
		this.#address = address;
		this.#hooks = hooks;
		addEventListener('online', () => void this.send());
	}

	async add(operation: Omit<Waiting, 'room' | 'madeAt'>): Promise<void> {
		const waiting: Waiting = { ...operation, room: this.#room, madeAt: Date.now() };
		await this.#queue.add(waiting);
		await this.send();
	}

	/** One round after the other; calls while a round is under way are answered by one more. */
	send(): Promise<void> {
		this.#running = this.#running.then(() => this.#round()).catch(() => this.#later());
		return this.#running;
	}

	async #round(): Promise<void> {
		for (;;) {
			const all = await this.#queue.of(this.#room);
			const waiting = all.filter(({ reason }) => !reason).slice(0, AT_ONCE);
			if (!waiting.length) return this.#hooks.tried(all, true);
			const said = await this.#post(waiting);
			if (!said) {
				this.#hooks.tried(all, false);
				return this.#later();
			}
			this.#hooks.reached();
			for (const answer of said) {
				const operation = waiting.find(({ clientId }) => clientId === answer.clientId);
				if (!operation) continue;
				// A text that both changed stands in its field and in its draft; it waits for a person there.
				const kept = operation.kind === 'text' && answer.state === 'conflict';
				if (!kept && (answer.state === 'refused' || answer.state === 'conflict'))
					await this.#queue.change({ ...operation, reason: answer.words ?? '' });
				else await this.#queue.forget(operation);
				this.#hooks.said(operation, answer);
			}
		}
	}

	/** @returns nothing when the server can't be reached or is not well */
	async #post(waiting: Waiting[]): Promise<Said[] | undefined> {
		const now = Date.now();
		const operations = waiting.map(({ clientId, kind, payload, base, madeAt }) => {
			const age = Math.min(Math.max(0, now - madeAt), 12 * 3_600_000);
			return { clientId, kind, payload, base, age };
		});
		try {
			const answer = await fetch(this.#address, {
				method: 'POST',
				headers: { 'content-type': 'application/json', accept: 'application/json' },
				body: JSON.stringify({ operations }),
			});
			if (!answer.ok) return undefined;
			return ((await answer.json()) as { answers: Said[] }).answers;
		} catch {
			return undefined;
		}
	}

	#later(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.send(), PAUSE);
	}
}
