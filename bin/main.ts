import { resolve } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { commands } from './table.ts';

const ALIASES: Record<string, string> = { '--help': 'help', '-h': 'help', '--version': 'version', '-v': 'version' };

/**
 * Runs one command.
 * @returns its exit code; 1 after any error, which is shown as one sentence
 */
export async function main([first = 'help', ...rest]: string[]): Promise<number> {
	try {
		const asksForHelp = rest.includes('--help') || rest.includes('-h');
		const [name, args] = asksForHelp ? ['help', [first]] : [ALIASES[first] ?? first, rest];
		const load = commands[name];
		if (!load) throw new UserError(`Den Befehl „${first}“ gibt es nicht; „mitrat help“ nennt alle.`);
		const { default: command } = await load();
		return await command.run(args);
	} catch (error) {
		process.stderr.write(`${await sentence(rootOf(error))}\n`);
		return 1;
	}
}

/** When cleaning up fails as well, the first error is the interesting one. */
function rootOf(error: unknown): unknown {
	return error instanceof SuppressedError ? rootOf(error.suppressed) : error;
}

async function sentence(error: unknown): Promise<string> {
	if (error instanceof UserError) return error.message;
	const { mishapSentence } = await import('../src/server/mishaps.ts');
	return mishapSentence(error, resolve(process.env.MITRAT_DATA || new URL('../data', import.meta.url).pathname));
}
