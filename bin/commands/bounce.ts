import { UserError } from '#kernel/errors.ts';
import { parse, type Command } from './command.ts';

const usage = `mitrat bounce < MAIL
  liest eine zurückgekommene Mail (Unzustellbarkeitsbericht) und vermerkt beim Empfänger, dass die Adresse nicht geht.
  Gedacht für das Postfach des Absenders (MAIL_FROM): als Filter des Mailservers oder als „mda“ von fetchmail.
  Andere Mails lässt es unbeachtet.`;
/** No report is larger; the quoted mail may come with its attachments. */
const MOST = 30_000_000;

export default {
	summary: 'vermerkt eine unzustellbare Mail (Bericht auf der Eingabe)',
	usage,
	async run(args) {
		parse({ usage }, { args });
		const { readReport } = await import('#kernel/mail/report.ts');
		const report = readReport(await input());
		if (!report) {
			process.stdout.write('Kein Bericht über eine unserer Mails.\n');
			return 0;
		}
		const { inTown, UnknownTown } = await import('./in-town.ts');
		const { markBounced } = await import('#kernel/mail/outbox.ts');
		const { write } = await import('#kernel/write.ts');
		const isOurs = await inTown(report.town, (ctx) =>
			write(ctx, (tx) => markBounced(tx, report.messageId, report.response)),
		).catch((error: unknown) => {
			// A mail server that calls this would send the report around for ever.
			if (error instanceof UnknownTown) return false;
			throw error;
		});
		process.stdout.write(isOurs ? 'Vermerkt.\n' : 'Diese Mail ist hier nicht mehr bekannt.\n');
		return 0;
	},
} satisfies Command;

async function input(): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MOST) throw new UserError('Die Mail ist zu groß für einen Bericht.');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
