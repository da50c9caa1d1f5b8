import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import type { Command } from './command.ts';

export default {
	summary: 'nennt die Version',
	usage: 'mitrat version',
	async run() {
		process.stdout.write(`Mitrat ${version()}, Node.js ${process.versions.node}\n`);
		return 0;
	},
} satisfies Command;

export function version(): string {
	const { version: own } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
	return own;
}
