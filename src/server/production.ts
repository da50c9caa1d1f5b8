/** The plan of `mitrat start`: the built application behind our own HTTP entry. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLoopback } from '#kernel/config.ts';
import { startWorkers } from '#kernel/jobs/workers.ts';
import { announceStop } from '#kernel/runtime.ts';
import { logError, logLine } from '#kernel/log.ts';
import { projectRoot, version } from '#kernel/project.ts';
import { build } from './build.ts';
import { beforeKit } from './before-kit.ts';
import { refuseLargeBodies } from './body-limits.ts';
import { isBuilt, releaseOf } from './build-state.ts';
import { createEntry, listen, type Handler } from './entry.ts';
import { handlerEnvironment } from './forwarded.ts';
import { health } from './health.ts';
import { metricsPage } from './metrics.ts';
import { oneClick } from './one-click.ts';
import { pageThreads } from './page-threads.ts';
import { publicPages } from './public-pages.ts';
import { GRACE, type Plan, type Preparation, type Run } from './start.ts';

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

async function serve({ config, shutdown, open }: Run): Promise<string> {
	Object.assign(process.env, handlerEnvironment(config));
	const { handler } = (await import(pathToFileURL(join(config.buildDir, 'handler.js')).href)) as { handler: Handler };
	beforeKit.push(health);
	const metrics = metricsPage(config, version());
	beforeKit.push(metrics.answer);
	open.defer(() => metrics.stop());
	beforeKit.push(refuseLargeBodies);
	beforeKit.push(oneClick);
	beforeKit.push(publicPages({ release: releaseOf(config.buildDir), enabled: config.pageCache }));
	const threads = pageThreads(config.pageThreads);
	beforeKit.push(threads.render);
	open.defer(() => threads.stop());
	const onError = (error: unknown) => void logError(error, { at: 'entry' });
	const entry = createEntry({ ...config, handler, onError, ...(config.logRequests && { log: logLine }) });
	const port = await listen(entry.server, config.host, config.port);
	open.defer(() => {
		announceStop();
		return entry.drain(AbortSignal.any([shutdown.hurry, AbortSignal.timeout(GRACE)]));
	});
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
