import { version } from '#kernel/project.ts';
import type { Command } from './command.ts';

export default {
	summary: 'nennt die Version',
	usage: 'mitrat version',
	async run() {
		process.stdout.write(`Mitrat ${version()}, Node.js ${process.versions.node}\n`);
		return 0;
	},
} satisfies Command;
