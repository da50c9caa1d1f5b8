/**
 * Figures of all processes, whichever of them is asked for `/metrics`. The one that is asked asks the first process
 * (several.ts), which asks all of them and answers with what they say. Each process keeps its own counters and is told apart
 * by the label `process`: a sum would fall when one of them is replaced, and watchers would take that for work.
 */
import type { Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import type { Figures } from '#kernel/observe/metrics.ts';
import { ownFigures } from './metrics.ts';

/** What processes say to each other of their figures. */
type Word =
	| { figures: 'all?'; ask: string }
	| { figures: 'yours?'; ask: string; process: string }
	| { figures: 'mine'; ask: string; each: Figures[] }
	| { figures: 'all'; ask: string; each: Figures[] };

/** Who does not answer in this time is missing in the answer, in milliseconds. A watcher waits for ten seconds. */
const PATIENCE = 2000;

/** True for what these two halves say to each other; everything else is meant for others. */
export const isOfFigures = (message: unknown): message is Word =>
	typeof message === 'object' && message !== null && 'figures' in message;

/** One process of several: tells its own figures when asked. @returns how it gets those of all */
export function figuresInOne(): { all: () => Promise<Figures[]>; stop: () => void } {
	const own = ownFigures();
	const waiting = new Map<string, (each: Figures[]) => void>();
	const hear = (word: unknown) => {
		if (!isOfFigures(word)) return;
		if (word.figures === 'all') waiting.get(word.ask)?.(word.each);
		if (word.figures === 'yours?')
			say(process, { figures: 'mine', ask: word.ask, each: [{ ...own.tell(), process: word.process }] });
	};
	process.on('message', hear);
	const all = async () => {
		const ask = randomUUID();
		const said = new Promise<Figures[]>((resolve) => waiting.set(ask, resolve));
		say(process, { figures: 'all?', ask });
		// Should the first process say nothing at all, the own figures are better than none.
		const each = await inTime(said, 2 * PATIENCE, () => [own.tell()]);
		waiting.delete(ask);
		return each;
	};
	return {
		all,
		stop: () => {
			process.off('message', hear);
			own.stop();
		},
	};
}

/** The first process: hands questions on. @param workers those that answer requests now, by their names */
export function figuresInFirst(workers: () => Map<string, Worker>): {
	hear: (from: Worker, word: Word) => void;
	stop: () => void;
} {
	const own = ownFigures('0');
	const waiting = new Map<string, (figures: Figures[]) => void>();
	const from = async (name: string, worker: Worker): Promise<Figures[]> => {
		const ask = randomUUID();
		const said = new Promise<Figures[]>((resolve) => waiting.set(ask, resolve));
		say(worker, { figures: 'yours?', ask, process: name });
		const each = await inTime(said, PATIENCE, () => []);
		waiting.delete(ask);
		return each;
	};
	const all = async (): Promise<Figures[]> => {
		const named = [...workers()].toSorted(([a], [b]) => Number(a) - Number(b));
		const answers = await Promise.all(named.map(([name, worker]) => from(name, worker)));
		const values = named.map(([name], place) => ({ labels: { process: name }, value: answers[place]!.length ? 1 : 0 }));
		const up = { name: 'mitrat_process_up', help: 'Whether a process told its figures.', values };
		return [own.tell(), ...answers.flat(), { counters: [], histograms: [], gauges: [up] }];
	};
	return {
		hear: (worker, word) => {
			if (word.figures === 'mine') waiting.get(word.ask)?.(word.each);
			if (word.figures === 'all?') void all().then((each) => say(worker, { figures: 'all', ask: word.ask, each }));
		},
		stop: () => own.stop(),
	};
}

function say(to: Pick<Worker, 'send'> | NodeJS.Process, word: Word): void {
	// Who is about to end hears nothing more; its figures are missing then.
	(to as Worker).send(word, () => undefined);
}

function inTime<T>(wanted: Promise<T>, ms: number, otherwise: () => T): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise()), ms)));
	return Promise.race([wanted, late]).finally(() => clearTimeout(timer));
}
