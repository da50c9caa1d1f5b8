import type { Ctx } from '#kernel/ctx.ts';
import { odtOf } from '#kernel/documents/office/odt.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { write } from '#kernel/write.ts';
import { keepAttachment, readAttachment } from '../agenda/attach.server.ts';

const ITEM = 'Wohnungssuche: Bewerbungsmappe in sieben Sprachen';

/** What lay before the council when it spoke of the folder for flat hunters; invented like all of it. */
export async function attachFiles(ctx: Ctx): Promise<void> {
	const outline = odtOf({
		title: 'Bewerbungsmappe: was hineingehört',
		author: ctx.body.name,
		parts: [
			{ kind: 'title', text: 'Bewerbungsmappe: was hineingehört' },
			{ kind: 'heading', level: 1, text: 'Unterlagen' },
			{
				kind: 'text',
				text: fromPlainText(
					'1. Anschreiben in einfachen Sätzen\n2. Selbstauskunft\n3. Nachweis über das Einkommen oder Bescheid\n4. Bescheinigung der bisherigen Vermieterin oder des bisherigen Vermieters, soweit es eine gibt',
				),
			},
			{ kind: 'heading', level: 1, text: 'Was niemand verlangen darf' },
			{
				kind: 'text',
				text: fromPlainText('Fragen nach Religion, Herkunft oder Familienplanung müssen nicht beantwortet werden.'),
			},
		],
	});
	const name = 'bewerbungsmappe-gliederung.odt';
	const kept = await readAttachment({ name, bytes: outline, title: 'Bewerbungsmappe: Gliederung', public: true });
	await write(ctx, async (tx) => {
		const item = await tx.db
			.selectFrom('council.agenda_item')
			.select(['id', 'meeting_id'])
			.where('title', '=', ITEM)
			.executeTakeFirstOrThrow();
		await keepAttachment(tx, { id: item.meeting_id }, item.id, kept);
	});
}
