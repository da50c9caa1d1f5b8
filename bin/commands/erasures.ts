import { readFile } from 'node:fs/promises';
import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat erasures list [--town STADT] | repeat DATEI [--town STADT]
  list     nennt, wessen Daten gelöscht wurden (nur Nummern, eine je Zeile): zum Aufheben neben den Sicherungen
  repeat   löscht nach dem Wiederherstellen einer älteren Sicherung noch einmal, wen die Datei nennt`;

export default {
	summary: 'Löschungen neben Sicherungen festhalten und wiederholen (list, repeat)',
	usage,
	async run(args) {
		const options = { town: { type: 'string' } } as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const [action, file] = positionals;
		if (action === 'list' && positionals.length === 1) return list(values.town);
		if (action === 'repeat' && file && positionals.length === 2) return repeat(file, values.town);
		throw new UserError(`Was soll mit den Löschungen geschehen? Aufruf: ${usage}`);
	},
} satisfies Command;

async function list(town: string | undefined): Promise<number> {
	const { inTown } = await import('./in-town.ts');
	const lines = await inTown(town, async (ctx) => {
		const { erasures } = await import('#server/shell');
		return (await erasures(ctx)).map((one) => `${JSON.stringify(one)}\n`);
	});
	process.stdout.write(lines.join(''));
	return 0;
}

async function repeat(file: string, town: string | undefined): Promise<number> {
	const text = await readFile(file, 'utf8').catch((cause: unknown) => {
		throw new UserError(`Die Datei ${file} lässt sich nicht lesen.`, { cause });
	});
	const { inTown } = await import('./in-town.ts');
	const { again, nothing, lastAdministrators } = await inTown(town, async (ctx) => {
		const { Erasure, repeatErasures } = await import('#server/shell');
		const entries = text.split('\n').filter(Boolean).map(parsed);
		const checked = Erasure.array().safeParse(entries);
		if (!checked.success) throw new UserError(`${file} ist keine Liste von „mitrat erasures list“.`);
		return repeatErasures(ctx, checked.data);
	});
	process.stdout.write(`${again} noch einmal gelöscht, ${nothing} waren es schon oder sind hier nicht bekannt.\n`);
	for (const person of lastAdministrators)
		process.stderr.write(
			`${person} ist noch da: ohne diese Person könnte hier niemand Rollen vergeben. Bitte eine zweite Verwaltung bestimmen und den Befehl wiederholen.\n`,
		);
	return lastAdministrators.length ? 1 : 0;
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
