/** The built application behind our own HTTP entry, in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { logError, logLine } from '#kernel/log.ts';
import type { Figures } from '#kernel/observe/metrics.ts';
import { version } from '#kernel/project.ts';
import { announceStop } from '#kernel/runtime.ts';
import { beforeKit } from './before-kit.ts';
import { refuseLargeBodies } from './body-limits.ts';
import { releaseOf } from './build-state.ts';
import { createEntry, listen, type Handler } from './entry.ts';
import { handlerEnvironment } from './forwarded.ts';
import { health } from './health.ts';
import { metricsPage } from './metrics.ts';
import { oneClick } from './one-click.ts';
import { pageThreads } from './page-threads.ts';
import { publicPages } from './public-pages.ts';
import { applicationIn } from './render-whole.ts';
import { GRACE, type Run } from './start.ts';
import { inPlace } from './visitors.ts';

/**
 * Begins to answer requests; the runtime must be installed.
 * @param run.figures those of all processes, where this one is one of several
 * @returns the port
 * @throws UserError when the address cannot be taken
 */
export async function serveHttp({
	config,
	shutdown,
	open,
	figures,
}: Pick<Run, 'config' | 'shutdown' | 'open'> & { figures?: () => Promise<Figures[]> }): Promise<number> {
	Object.assign(process.env, handlerEnvironment(config));
	const { handler } = (await import(pathToFileURL(join(config.buildDir, 'handler.js')).href)) as { handler: Handler };
	beforeKit.push(health);
	const metrics = metricsPage(config, version(), figures);
	beforeKit.push(metrics.answer);
	open.defer(() => metrics.stop());
	beforeKit.push(refuseLargeBodies);
	beforeKit.push(oneClick);
	beforeKit.push(publicPages({ release: releaseOf(config.buildDir), enabled: config.pageCache }));
	const threads = pageThreads(config.pageThreads);
	beforeKit.push(threads.render);
	beforeKit.push(inPlace(await applicationIn(config.buildDir)));
	open.defer(() => threads.stop());
	const onError = (error: unknown) => void logError(error, { at: 'entry' });
	const entry = createEntry({ ...config, handler, onError, ...(config.logRequests && { log: logLine }) });
	const port = await listen(entry.server, config.host, config.port);
	open.defer(() => {
		announceStop();
		return entry.drain(AbortSignal.any([shutdown.hurry, AbortSignal.timeout(GRACE)]));
	});
	return port;
}
