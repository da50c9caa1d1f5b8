/** The command line. Run by bin/launch.mjs in Node 26. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Types are stripped and code compiled once, not at every call.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/mitrat'));
// A channel to the launcher (see there) must not keep a finished command alive.
process.channel?.unref();

const { main } = await import('./main.ts');
process.exit(await main(process.argv.slice(2)));
