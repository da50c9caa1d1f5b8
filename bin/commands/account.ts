import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation, UserError } from '#kernel/errors.ts';
import type { OpenGroup } from '#server/shell';
import { parse, type Command } from './command.ts';

const usage = `mitrat account end E-MAIL [--town STADT] [--hand-over-to E-MAIL]
  beendet den Zugang eines Menschen, sofort und in allen Städten, oder nur in einer: Anmeldungen, Geräte, Links,
  Rollen im Programm, Kalenderadressen, bestellte Mails und das Konto. Sitze und Ämter bleiben; was offen ist, wird genannt
  --hand-over-to  wer die Rollen ab heute bekommt (ein Mensch, der sich dort anmelden kann)`;

export default {
	summary: 'beendet den Zugang eines Menschen (end)',
	usage,
	async run(args) {
		const options = { town: { type: 'string' }, 'hand-over-to': { type: 'string' } } as const;
		const { positionals, values } = parse({ usage }, { args, allowPositionals: true, options });
		const [action, email] = positionals;
		if (action !== 'end' || !email || positionals.length > 2)
			throw new UserError(`Was soll mit dem Konto geschehen? Aufruf: ${usage}`);
		const { inEveryTown, inTown } = await import('./in-town.ts');
		// The account goes with the last town that knows it, so its number is looked up once, before.
		let accountId: string | undefined;
		const end = async (ctx: Ctx) => {
			const { findAccount } = await import('#kernel/identity/accounts.ts');
			accountId ??= (await findAccount(email))?.id;
			if (!accountId) throw new UserError(`Ein Konto mit der Adresse ${email} gibt es nicht.`);
			return endHere(ctx, accountId, values['hand-over-to']);
		};
		const said = values.town ? [await inTown(values.town, end)] : await inEveryTown(end);
		if (!said.some((outcome) => outcome !== 'unknown')) {
			process.stdout.write('Dieses Konto gehört hier niemandem: es gibt nichts zu beenden.\n');
			return 0;
		}
		return said.includes('refused') ? 1 : 0;
	},
} satisfies Command;

type Outcome = 'ended' | 'refused' | 'unknown';

async function endHere(ctx: Ctx, accountId: string, successor: string | undefined): Promise<Outcome> {
	const { endAccess } = await import('#server/registry');
	const { openMatters } = await import('#server/shell');
	const personId = await personOf(ctx, accountId);
	if (!personId) return 'unknown';
	const successorId = successor === undefined ? null : await successorOf(ctx, successor);
	const open = await openMatters(ctx, personId);
	try {
		const { duties, account } = await endAccess(ctx, personId, { successorId });
		const lines = [
			`${ctx.body.name}: Zugang beendet, ${duties.length ? `Rollen: ${duties.join(', ')}` : 'keine Rollen'}.`,
			...(account === 'stays' ? ['Das Konto bleibt: eine andere Stadt kennt es.'] : []),
			...open.map(inWords),
		];
		process.stdout.write(`${lines.join('\n')}\n`);
		return 'ended';
	} catch (error) {
		if (!(error instanceof RuleViolation) || error.code !== 'registry.lastAdministrator') throw error;
		process.stderr.write(
			`${ctx.body.name}: nicht beendet. Danach könnte dort niemand mehr Rollen vergeben; --hand-over-to nennt, wer sie bekommt.\n`,
		);
		return 'refused';
	}
}

async function personOf(ctx: Ctx, accountId: string): Promise<string | undefined> {
	const query = ctx.db.selectFrom('registry.person').select('id').where('account_id', '=', accountId);
	return (await query.executeTakeFirst())?.id;
}

async function successorOf(ctx: Ctx, email: string): Promise<string> {
	const { findAccount } = await import('#kernel/identity/accounts.ts');
	const account = await findAccount(email);
	const personId = account && (await personOf(ctx, account.id));
	if (!personId) throw new UserError(`${ctx.body.name}: mit der Adresse ${email} meldet sich dort niemand an.`);
	return personId;
}

const WORDS: Record<OpenGroup['group'], string> = {
	answer: 'erwartete Antworten',
	task: 'Aufgaben',
	read: 'zu lesen',
	draft: 'Entwürfe',
	office: 'Sachen der Geschäftsstelle',
};

function inWords({ group, count, firstDue }: OpenGroup): string {
	return `  bleibt offen: ${count} × ${WORDS[group]}${firstDue ? `, die erste Frist ${firstDue}` : ''}`;
}
