/** Front door of the OParl module for other rooms' server code. */
export { writeDump } from './dump/write.server.ts';
export { harvest, openSource, reportLines, userAgentOf } from './harvest/index.server.ts';
