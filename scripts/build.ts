/** Builds the application into `build/` (or MITRAT_BUILD) and notes from which sources. Run by `npm run build`, and by `start` when needed. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createBuilder } from 'vite';
import { projectRoot } from '#kernel/project.ts';
import { sourceStamp, writeStamp } from '../src/server/build-state.ts';
import { compileMessages } from './messages.ts';

process.chdir(projectRoot);
process.env.NODE_ENV = 'production';
const buildDir = process.env.MITRAT_BUILD ? resolve(process.env.MITRAT_BUILD) : join(projectRoot, 'build');
const stamp = sourceStamp();
// An interrupted build must not pass for a finished one.
rmSync(join(buildDir, 'stamp.json'), { force: true });
await compileMessages();
process.send?.('messages');
const builder = await createBuilder({});
await builder.buildApp();
writeStamp(buildDir, stamp);
process.disconnect?.();
