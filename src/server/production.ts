/** The plan of `mitrat start`: the built application behind our own HTTP entry. */
import { join } from 'node:path';
import { isLoopback } from '#kernel/config.ts';
import { startWorkers } from '#kernel/jobs/workers.ts';
import { projectRoot } from '#kernel/project.ts';
import { build } from './build.ts';
import { isBuilt } from './build-state.ts';
import { serveHttp } from './serve-http.ts';
import { serveInSeveral } from './several.ts';
import type { Plan, Preparation, Run } from './start.ts';
import { startTracing } from './tracing.ts';

export const production: Plan = { mode: 'demo', prepare, serve };

function prepare({ config, show, shutdown, open }: Run): Preparation {
	const isElsewhere = config.buildDir !== join(projectRoot, 'build');
	if (isElsewhere || isBuilt(config.buildDir)) return { messages: Promise.resolve(), done: Promise.resolve() };
	const failed = new AbortController();
	const building = build(config.dataDir, AbortSignal.any([failed.signal, shutdown.begin]));
	open.defer(async () => {
		failed.abort();
		await building.done.catch(() => undefined);
	});
	const done = show.step('Anwendung bauen', 'Anwendung gebaut', () => building.done);
	// Whoever waits gets the error; meanwhile it must not count as unhandled.
	for (const promise of [building.messages, done]) promise.catch(() => undefined);
	return { messages: building.messages, done };
}

async function serve(run: Run): Promise<string> {
	const { config, open } = run;
	open.defer(await startTracing());
	const port = await (config.processes > 1 ? serveInSeveral(run) : serveHttp(run));
	if (config.workers > 0) {
		const workers = await startWorkers(config.workers);
		open.defer(() => workers.stop());
	}
	return `http://${hostInUrl(config.host)}:${port}`;
}

function hostInUrl(host: string): string {
	if (isLoopback(host)) return 'localhost';
	return host.includes(':') ? `[${host}]` : host;
}
