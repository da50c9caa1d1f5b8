/** The plan of `mitrat dev`: Vite's server in this process, on the same database. */
import { createServer } from 'vite';
import { projectRoot } from '#kernel/project.ts';
import { compileMessages } from '../../scripts/messages.ts';
import type { Plan, Run } from './start.ts';

export const development: Plan = {
	mode: 'development',
	prepare() {
		const messages = compileMessages().then(() => undefined);
		messages.catch(() => undefined);
		return { messages, done: messages };
	},
	serve,
};

async function serve({ config, open }: Run): Promise<string> {
	const { host, port } = config;
	// With port 0 Vite would take its own default.
	const vite = await createServer({ root: projectRoot, server: { host, port: port || 5173, strictPort: port !== 0 } });
	await vite.listen();
	open.defer(() => vite.close());
	return vite.resolvedUrls?.local[0] ?? `http://${host}:${port}`;
}
