import { onClose, runtime } from '../runtime.ts';
import type { Town } from '../town.ts';
import { Hub, type Receiver } from './hub.ts';
import { Listener } from './listener.ts';

/** What this process keeps open for live updates: one listening connection, one hub for each town somebody watches. */
interface Switchboard {
	listener: Promise<Listener>;
	hubs: Map<string, { hub: Hub; started: Promise<void> }>;
	/** Ends a stream when the process stops. */
	streams: Set<() => void>;
}
let switchboard: Switchboard | undefined;

function open(): Switchboard {
	if (switchboard) return switchboard;
	const hubs: Switchboard['hubs'] = new Map();
	const listener = new Listener(runtime().app, {
		changed: (bodyId, seq) => void hubs.get(bodyId)?.hub.wake(seq),
		connected: () => hubs.forEach(({ hub }) => void hub.wake()),
	});
	const made: Switchboard = { hubs, streams: new Set(), listener: listener.open().then(() => listener) };
	made.listener.catch(() => (switchboard = undefined));
	switchboard = made;
	runtime().stopping.signal.addEventListener('abort', () => made.streams.forEach((end) => end()));
	onClose(async () => {
		switchboard = undefined;
		await listener.close();
	});
	return made;
}

/** The hub of a town with one more receiver. It is up to date when `started` is done. */
export function join(town: Town, receiver: Receiver): { hub: Hub; started: Promise<void> } {
	const { listener, hubs } = open();
	let entry = hubs.get(town.id);
	if (!entry) {
		const hub = new Hub(town);
		const made = { hub, started: listener.then(() => hub.start()) };
		hubs.set(town.id, made);
		made.started.catch(() => hubs.get(town.id) === made && hubs.delete(town.id));
		entry = made;
	}
	entry.hub.receivers.add(receiver);
	return entry;
}

/** Takes a receiver away; a hub without any is forgotten. */
export function leave(hub: Hub, receiver: Receiver): void {
	hub.receivers.delete(receiver);
	const hubs = switchboard?.hubs;
	if (hub.receivers.size === 0 && hubs?.get(hub.town.id)?.hub === hub) hubs.delete(hub.town.id);
}

/** @returns a function that forgets the stream */
export function registerStream(end: () => void): () => void {
	const streams = open().streams;
	streams.add(end);
	return () => void streams.delete(end);
}
