import { Logger } from 'graphile-worker';

/**
 * graphile-worker would write every job to standard output. Failures are logged by our own runner, without the values
 * that messages may quote; from the library only its own errors remain, cut to the first line.
 */
export const quietLogger = new Logger(() => (level, message) => {
	if (level !== 'error' || /^Failed task /.test(message)) return;
	const line = { at: new Date().toISOString(), level: 'error', where: 'jobs', message: message.split('\n')[0] };
	process.stderr.write(JSON.stringify(line) + '\n');
});
