/** Asks the town's virus scanner (clamd of ClamAV, command INSTREAM) about bytes before they are kept. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The scanner knows what is in it. */
export class InfectedFile extends Error {
	override name = 'InfectedFile';
	/** As the scanner calls it, e.g. `Eicar-Test-Signature`. */
	readonly signature: string;
	constructor(signature: string) {
		super(`the scanner found ${signature}`);
		this.signature = signature;
	}
}

/** No answer: what nobody looked at is not kept. */
export class ScannerAway extends Error {
	override name = 'ScannerAway';
}

const PIECE = 64 * 1024;
/** Not a signature: clamd (`AlertExceedsMax`) says that by its limits it did not look at everything. Without it such files pass as clean. */
const LIMIT = 'Heuristics.Limits.Exceeded';
/** Without a word for so long the scanner counts as away. Milliseconds; a large archive takes it some seconds. */
const PATIENCE = 60_000;

/**
 * @param address `host:port`, or the path of a socket
 * @throws InfectedFile, ScannerAway
 */
export async function scan(bytes: Uint8Array, address: string): Promise<void> {
	const answer = await ask(bytes, address).catch((cause: unknown) => {
		throw new ScannerAway('the virus scanner does not answer', { cause });
	});
	const [, signature] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
	if (signature && !signature.startsWith(LIMIT)) throw new InfectedFile(signature);
	// "INSTREAM size limit exceeded. ERROR" and the like: it did not look at everything.
	if (answer !== 'stream: OK') throw new ScannerAway(`the virus scanner says: ${answer.slice(0, 200)}`);
}

async function ask(bytes: Uint8Array, address: string): Promise<string> {
	const socket = open(address);
	socket.setTimeout(PATIENCE, () => socket.destroy(new Error('timed out')));
	try {
		await once(socket, 'connect');
		const said = listen(socket);
		// It may answer and close before everything is sent, for example when a limit is reached.
		await Promise.race([send(socket, bytes), said]);
		return await said;
	} finally {
		socket.destroy();
	}
}

function open(address: string): Socket {
	if (address.startsWith('/')) return connect(address);
	const at = address.lastIndexOf(':');
	return connect(Number(address.slice(at + 1)), address.slice(0, at).replace(/^\[|\]$/g, ''));
}

/** The command, the bytes in pieces with their length in front, and a piece without length. */
async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
	socket.write('zINSTREAM\0');
	for (let at = 0; at < bytes.length; at += PIECE) {
		const piece = bytes.subarray(at, at + PIECE);
		socket.write(length(piece.length));
		if (!socket.write(piece)) await once(socket, 'drain');
	}
	socket.write(length(0));
}

function length(number: number): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt32BE(number);
	return head;
}

function listen(socket: Socket): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		socket.setEncoding('utf8').on('data', (chunk: string) => {
			said += chunk;
			if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')).trim());
		});
		socket.on('error', reject).on('close', () => reject(new Error('closed without an answer')));
	});
}
