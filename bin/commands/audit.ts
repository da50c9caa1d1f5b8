import type { AuditProblem, AuditReport } from '#kernel/audit/verify.ts';
import type { Seal } from '#kernel/audit/seal.ts';
import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';
import { inTown } from './in-town.ts';

const usage = `mitrat audit verify [--seal TAG:HASH] [--town STADT] [--json] | seal [--town STADT]
  verify   rechnet alle Tagessiegel des Protokolls nach und meldet, was verändert wurde (Ende mit 1, wenn etwas nicht stimmt)
  seal     versiegelt die vergangenen Tage, die noch kein Siegel haben, und nennt das neueste
  --seal   vergleicht zusätzlich mit einem Siegel, das anderswo notiert ist, z. B. 2026-11-20:3f8a…
  --json   der Bericht als JSON`;

export default {
	summary: 'Protokoll: Siegel prüfen und setzen (verify, seal)',
	usage,
	async run(args) {
		const options = { seal: { type: 'string' }, town: { type: 'string' }, json: { type: 'boolean' } } as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const [action] = positionals;
		if (positionals.length !== 1) throw new UserError(`Was soll mit dem Protokoll geschehen? Aufruf: ${usage}`);
		if (action === 'seal') return seal(values.town);
		if (action === 'verify') return verify(values.town, values.json ?? false, values.seal);
		throw new UserError(`„${action}“ kennt dieser Befehl nicht. Aufruf: ${usage}`);
	},
} satisfies Command;

async function verify(town: string | undefined, asJson: boolean, noted: string | undefined): Promise<number> {
	const known = noted === undefined ? undefined : readSeal(noted);
	const { verifyAudit } = await import('#kernel/audit/verify.ts');
	const report = await inTown(town, (ctx) => verifyAudit(ctx, known));
	const text = asJson ? JSON.stringify(report, null, '\t') : describe(report).join('\n');
	process.stdout.write(`${text}\n`);
	return report.ok ? 0 : 1;
}

async function seal(town: string | undefined): Promise<number> {
	const { newestSeal, sealPastDays } = await import('#kernel/audit/seal.ts');
	const [made, newest] = await inTown(town, async (ctx) => [await sealPastDays(ctx), await newestSeal(ctx)] as const);
	process.stdout.write(`${made.length} Tage versiegelt.\n${newest ? `Neuestes Siegel: ${spell(newest)}\n` : ''}`);
	return 0;
}

/** @throws UserError when the text is not TAG:HASH */
function readSeal(text: string): { day: Temporal.PlainDate; hash: string } {
	const [, day, hash] = /^(\d{4}-\d\d-\d\d):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
	if (!day || !hash) throw new UserError('Das Siegel sieht nicht aus wie 2026-11-20: und 64 Zeichen von 0 bis f.');
	return { day: Temporal.PlainDate.from(day), hash };
}

function spell({ day, hash }: Seal): string {
	return `${day.toString()}:${hash}`;
}

function describe(report: AuditReport): string[] {
	const { sealedDays, entries, erased, waiting, newest, problems } = report;
	return [
		`${entries} Einträge, ${sealedDays} versiegelte Tage, ${waiting} Einträge noch ohne Siegel, ${erased} mit gelöschten persönlichen Angaben.`,
		...(newest ? [`Neuestes Siegel: ${spell(newest)}`] : []),
		...(problems.length ? problems.map(sentence) : ['Das Protokoll ist unverändert.']),
	];
}

function sentence({ kind, day, entryId }: AuditProblem): string {
	const sentences: Record<AuditProblem['kind'], string> = {
		entries: `${day}: Einträge dieses Tages wurden verändert, entfernt oder hinzugefügt.`,
		chain: `${day}: Das Siegel schließt nicht an das vorige an.`,
		unsealed: `${day}: Dieser Tag hat Einträge, aber kein Siegel, obwohl spätere Tage versiegelt sind.`,
		values: `${day}: Die persönlichen Angaben zum Eintrag ${entryId} passen nicht zu ihm.`,
		known: `${day}: Das Siegel ist ein anderes als das angegebene, oder es fehlt.`,
	};
	return sentences[kind];
}
