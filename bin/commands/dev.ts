import { parse, type Command } from './command.ts';

const usage = 'mitrat dev';

export default {
	summary: 'startet den Entwicklungsserver, der Änderungen am Quelltext sofort zeigt',
	usage,
	async run(args) {
		parse({ usage }, { args });
		const [{ runServer }, { development }] = await Promise.all([
			import('../../src/server/start.ts'),
			import('../../src/server/development.ts'),
		]);
		await runServer(development);
		return 0;
	},
} satisfies Command;
