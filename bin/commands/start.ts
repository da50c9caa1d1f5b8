import { parse, type Command } from './command.ts';

const usage = `mitrat start [--public]
  --public   zusammen mit MITRAT_DEMO_PUBLIC=yes: die Vorführung auch auf einer Adresse, die andere erreichen`;

export default {
	summary: 'startet den Server (baut, richtet ein und füllt, was fehlt)',
	usage,
	async run(args) {
		const { values } = parse({ usage }, { args, options: { public: { type: 'boolean', default: false } } });
		const [{ runServer }, { production }] = await Promise.all([
			import('../../src/server/start.ts'),
			import('../../src/server/production.ts'),
		]);
		await runServer(production, values.public);
		return 0;
	},
} satisfies Command;
