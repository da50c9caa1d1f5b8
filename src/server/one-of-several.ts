/** One process of several.ts: answers requests, nothing else. It ends when it is told to, and with the first one. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import { logError } from '#kernel/log.ts';
import { closeRuntime, installRuntime } from '#kernel/runtime.ts';
import { figuresInOne } from './metrics-of-several.ts';
import { fired, within } from './patience.ts';
import type { Part, Report } from './several.ts';
import { serveHttp } from './serve-http.ts';
import { watchForShutdown } from './shutdown.ts';
import { GRACE, surviveMishaps } from './start.ts';
import { startTracing } from './tracing.ts';

enableCompileCache(join(projectRoot, 'node_modules/.cache/mitrat'));
const shutdown = watchForShutdown();
surviveMishaps(shutdown);
const { config, app } = await new Promise<Part>((resolve) => process.once('message', resolve));
process.on('message', (message) => message === 'stop' && shutdown.request());
const report = (said: Report) => process.send!(said);

await using open = new AsyncDisposableStack();
installRuntime(config, app);
open.defer(() => within(closeRuntime(), GRACE, shutdown.hurry));
const figures = figuresInOne();
open.defer(() => figures.stop());
try {
	open.defer(await startTracing());
	await serveHttp({ config, shutdown, open, figures: figures.all });
	report('ready');
	await fired(shutdown.begin);
} catch (error) {
	logError(error, { at: 'start of a process' });
	report({ refused: error instanceof Error ? error.message : String(error) });
}
await open.disposeAsync();
process.exit(shutdown.error ? 1 : 0);
