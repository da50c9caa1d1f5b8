/** Front door of the OParl module for other rooms' server code. */
export { writeDump, type DumpReport } from './dump/write.server.ts';
export { DUMP_FORMAT, DUMP_LISTS, type DumpManifest } from './dump/layout.ts';
export { tellAnew as tellProgramsAnew } from './project/follow.server.ts';
export { harvest, openSource, reportLines, userAgentOf } from './harvest/index.server.ts';
