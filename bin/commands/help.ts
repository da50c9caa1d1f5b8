import { UserError } from '#kernel/errors.ts';
import { commands } from '../table.ts';
import type { Command } from './command.ts';

export default {
	summary: 'zeigt diese Liste, oder den Aufruf eines Befehls',
	usage: 'mitrat help [BEFEHL]',
	async run([name]) {
		process.stdout.write(name ? await one(name) : await all());
		return 0;
	},
} satisfies Command;

async function one(name: string): Promise<string> {
	const load = commands[name];
	if (!load) throw new UserError(`Den Befehl „${name}“ gibt es nicht; „mitrat help“ nennt alle.`);
	const { default: command } = await load();
	return `${command.summary}\n\nAufruf: ${command.usage}\n`;
}

async function all(): Promise<string> {
	const loaded = await Promise.all(
		Object.entries(commands).map(async ([name, load]) => ({ name, ...(await load()).default })),
	);
	const lines = loaded.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`);
	return `Mitrat, die Software für Integrationsbeiräte\n\nAufruf: mitrat BEFEHL [Optionen]\n\n${lines.join('\n')}\n`;
}
