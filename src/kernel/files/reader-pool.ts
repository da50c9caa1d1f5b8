import { fork, type ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../project.ts';
import { checkReadable, extractText, type Extracted } from './extract.ts';
import { limitsWith, type Limits } from './limits.ts';
import type { Readings, ReadReply, ReadRequest } from './reader-protocol.ts';
import type { TrackedDocx } from './tracked.ts';
import { UnreadableFile } from './unreadable.ts';

export type ExtractOptions = {
	limits?: Partial<Limits>;
	/** Ends the reading at once; the promise is rejected with the signal's reason. */
	signal?: AbortSignal;
};

type Reader = { process: ChildProcess; ready: Promise<void>; done: number };

/** Reader processes at the same time; one core is left to requests. */
const MOST_READERS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** After so many documents a process is replaced, so that leaks of a parser never add up. */
const DOCUMENTS_PER_READER = 500;
const IDLE_MS = 60_000;

const idle: Reader[] = [];
const waiting: ((reader: Reader) => void)[] = [];
let running = 0;
let idleTimer: NodeJS.Timeout | undefined;

/**
 * Reads the text of an untrusted document in a process of its own with limits on time and memory; plain text, which
 * needs no parser, at once. Processes are kept for the next documents and never keep the program from ending.
 * @throws UnreadableFile, or the signal's reason
 */
export async function extractSafely(
	bytes: Uint8Array,
	fileName: string,
	{ limits = {}, signal }: ExtractOptions = {},
): Promise<Extracted> {
	signal?.throwIfAborted();
	const bounds = limitsWith(limits);
	const { format } = await checkReadable(bytes, fileName, bounds);
	if (format === 'txt' || format === 'md') return extractText(bytes, fileName, bounds);
	return readApart('text', { bytes, fileName, limits: bounds }, signal);
}

/**
 * Reads an untrusted Word file with its tracked changes in the same way.
 * @throws UnreadableFile, or the signal's reason
 */
export async function readTrackedSafely(
	bytes: Uint8Array,
	fileName: string,
	{ limits = {}, signal }: ExtractOptions = {},
): Promise<TrackedDocx> {
	signal?.throwIfAborted();
	const bounds = limitsWith(limits);
	const { format, extension } = await checkReadable(bytes, fileName, bounds);
	if (format !== 'docx') throw new UnreadableFile('unsupported', { format, extension });
	return readApart('tracked', { bytes, fileName, limits: bounds }, signal);
}

async function readApart<Want extends keyof Readings>(
	want: Want,
	request: Omit<ReadRequest, 'want'>,
	signal: AbortSignal | undefined,
): Promise<Readings[Want]> {
	const reader = await takeReader(signal);
	try {
		await reader.ready;
		return (await readWith(reader, { want, ...request }, signal)) as Readings[Want];
	} finally {
		release(reader);
	}
}

/** Ends the idle reader processes; those at work end when they are done. */
export function closeReaders(): void {
	clearTimeout(idleTimer);
	for (const reader of idle.splice(0)) stopIdle(reader);
}

async function takeReader(signal: AbortSignal | undefined): Promise<Reader> {
	for (let free = idle.pop(); free; free = idle.pop()) {
		if (isAlive(free)) return attach(free);
		stopIdle(free);
	}
	if (running < MOST_READERS) return start();
	return new Promise((resolve, reject) => {
		const take = (reader: Reader) => {
			signal?.removeEventListener('abort', leave);
			resolve(reader);
		};
		const leave = () => {
			waiting.splice(waiting.indexOf(take), 1);
			reject(signal!.reason as Error);
		};
		signal?.addEventListener('abort', leave, { once: true });
		waiting.push(take);
	});
}

function start(): Reader {
	running++;
	const room = join(projectRoot, 'src', 'kernel', 'files');
	// What a sign of a list is stands in the text room; nothing else of it is needed here.
	const lists = join(projectRoot, 'src', 'kernel', 'text', 'lists.ts');
	const named = [room, lists, join(projectRoot, 'node_modules'), join(projectRoot, 'package.json')];
	// An installation behind a symbolic link: both ways to a file must be allowed.
	const readable = [...new Set([...named, ...named.map((path) => realpathSync(path))])];
	const child = fork(join(room, 'reader-process.ts'), [], {
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
		execArgv: [
			'--permission',
			'--allow-worker',
			...readable.map((path) => `--allow-fs-read=${path}`),
			'--max-old-space-size=768',
			'--disable-warning=ExperimentalWarning',
		],
		env: {},
	});
	child.on('error', () => undefined);
	const ready = new Promise<void>((resolve, reject) => {
		child.once('message', () => resolve());
		child.once('exit', (code) => reject(new Error(`the reader process did not start (code ${code})`)));
	});
	ready.catch(() => undefined);
	return { process: child, ready, done: 0 };
}

function readWith(
	reader: Reader,
	request: ReadRequest,
	signal: AbortSignal | undefined,
): Promise<Readings[keyof Readings]> {
	const { process: child } = reader;
	const { promise, resolve, reject } = Promise.withResolvers<Readings[keyof Readings]>();
	const fail = (error: unknown) => {
		reject(error as Error);
		child.kill('SIGKILL');
	};
	const onMessage = (reply: ReadReply) => {
		if (reply.kind === 'read') resolve(reply.reading);
		else if (reply.kind === 'unreadable') reject(new UnreadableFile(reply.code, reply.params, { cause: reply.cause }));
	};
	const onExit = (code: number | null, killedBy: string | null) => reject(whyEnded(code, killedBy, request.limits));
	const onAbort = () => fail(signal!.reason);
	const { seconds } = request.limits;
	const timer = setTimeout(() => fail(new UnreadableFile('too-slow', { seconds })), seconds * 1000);
	child.on('message', onMessage);
	child.once('exit', onExit);
	signal?.addEventListener('abort', onAbort, { once: true });
	if (signal?.aborted) onAbort();
	else child.send(request, (error) => error && fail(new UnreadableFile('damaged', {}, { cause: error })));
	return promise.finally(() => {
		clearTimeout(timer);
		child.off('message', onMessage);
		child.off('exit', onExit);
		signal?.removeEventListener('abort', onAbort);
	});
}

/** The watching thread and the system kill, the engine aborts (134, SIGABRT) when memory is short. */
function whyEnded(code: number | null, killedBy: string | null, limits: Limits): UnreadableFile {
	const outOfMemory = killedBy === 'SIGKILL' || killedBy === 'SIGABRT' || killedBy === 'SIGTRAP' || code === 134;
	const cause = new Error(`the reader process ended (${killedBy ?? code})`);
	if (outOfMemory) return new UnreadableFile('unpacked-too-large', { limit: limits.memoryBytes }, { cause });
	return new UnreadableFile('damaged', {}, { cause });
}

/** Hands the reader to whoever waits, or keeps it; one that ended is replaced only when needed. */
function release(reader: Reader): void {
	reader.done++;
	const usable = isAlive(reader) && reader.done < DOCUMENTS_PER_READER;
	if (!usable) {
		running--;
		stop(reader);
	}
	const next = waiting.shift();
	if (next) return next(usable ? reader : start());
	if (!usable) return;
	idle.push(detach(reader));
	clearTimeout(idleTimer);
	idleTimer = setTimeout(() => closeReaders(), IDLE_MS).unref();
}

function stopIdle(reader: Reader): void {
	running--;
	stop(reader);
}

function isAlive({ process: child }: Reader): boolean {
	return child.connected && child.exitCode === null && child.signalCode === null && !child.killed;
}

function stop({ process: child }: Reader): void {
	if (child.connected) child.disconnect();
	else child.kill('SIGKILL');
}

/** An idle process must not keep the program alive. */
function detach(reader: Reader): Reader {
	reader.process.unref();
	reader.process.channel?.unref();
	return reader;
}

function attach(reader: Reader): Reader {
	reader.process.ref();
	reader.process.channel?.ref();
	return reader;
}
