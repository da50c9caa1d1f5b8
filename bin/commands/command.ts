/** What a command of the program is: the default export of a file in this folder. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '#kernel/errors.ts';

export interface Command {
	/** One line for the list of commands. */
	summary: string;
	/** How it is called, e.g. `mitrat import DATEI… [--dry-run]`, with further lines on its options. */
	usage: string;
	/** @returns the exit code */
	run(args: string[]): Promise<number>;
}

/**
 * `util.parseArgs`, with a sentence instead of a stack trace.
 * @throws UserError naming the option that does not fit, with the usage
 */
export function parse<T extends ParseArgsConfig>(
	command: { usage: string },
	config: T,
): ReturnType<typeof parseArgs<T>> {
	try {
		return parseArgs(config);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
		const [, what = ''] = /'([^']+)'/.exec((error as Error).message) ?? [];
		throw new UserError(`Mit „${what}“ kann dieser Befehl nichts anfangen. Aufruf: ${command.usage}`, { cause: error });
	}
}
