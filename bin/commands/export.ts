import { resolve } from 'node:path';
import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';
import { inTown } from './in-town.ts';

const usage = `mitrat export --oparl ORDNER [--origin https://…] [--town NAME]
  --oparl    schreibt die ganze Stadt als OParl in einen leeren Ordner: alles, was öffentlich ist, mit allen Dateien
             (docs/oparl.md, „Dump“); eine andere Installation liest ihn mit „mitrat import ORDNER“
  --origin   womit die Adressen der Objekte beginnen; sonst der erste Name der Stadt`;

export default {
	summary: 'öffentliche Daten der Stadt ausgeben (--oparl)',
	usage,
	async run(args) {
		const options = { oparl: { type: 'string' }, origin: { type: 'string' }, town: { type: 'string' } } as const;
		const { values } = parse({ usage }, { args, options });
		if (!values.oparl) throw new UserError(`Wohin? Aufruf: ${usage}`);
		const folder = resolve(values.oparl);
		const given = values.origin === undefined ? undefined : originIn(values.origin);
		const report = await inTown(values.town, async (ctx) => {
			const { writeDump } = await import('#server/oparl');
			const { originOf } = await import('#server/council');
			return writeDump(ctx, folder, given ?? originOf(ctx), (list, count) =>
				process.stderr.write(`  ${list}: ${count}\n`),
			);
		});
		const count = Object.entries(report.objects).reduce(
			(sum, [list, one]) => (list === 'deleted' ? sum : sum + one),
			0,
		);
		process.stdout.write(`${folder}: ${count} Objekte, ${report.files} Dateien (${report.bytes} Bytes).\n`);
		return 0;
	},
} satisfies Command;

/** @throws UserError for what is no address of a site */
function originIn(typed: string): string {
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username)
		throw new UserError(`Mit „${typed}“ können keine Adressen beginnen; gemeint ist etwas wie https://beirat.example.`);
	return url.origin;
}
