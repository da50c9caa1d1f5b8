import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';

/** A type of paper as the town calls it; `code` is what the program does with it. */
export interface PaperType {
	id: string;
	code: string;
	name: string;
	namePlural: string;
	asksStatement: boolean;
	publicByDefault: boolean;
	retired: boolean;
}

/** Types of the town in their order. One query. */
export async function paperTypes(ctx: Pick<Ctx, 'db'>): Promise<PaperType[]> {
	const rows = await ctx.db.selectFrom('papers.paper_type').selectAll().orderBy('position').orderBy('name').execute();
	return rows.map((row) => ({
		id: row.id,
		code: row.code,
		name: row.name,
		namePlural: row.name_plural,
		asksStatement: row.asks_statement,
		publicByDefault: row.public_by_default,
		retired: row.retired,
	}));
}

/** Prefix, code, name, plural, asks for a statement. The pattern of Magdeburg (rulebook 3.1), a beginning for any town. */
const USUAL = [
	['DS', 'resolutionProposal', 'Beschlussvorlage', 'Beschlussvorlagen', false],
	['A', 'motion', 'Antrag', 'Anträge', true],
	['F', 'inquiry', 'Anfrage', 'Anfragen', true],
	['S', 'administrationStatement', 'Stellungnahme der Verwaltung', 'Stellungnahmen der Verwaltung', false],
	['I', 'information', 'Information', 'Informationen', false],
	['P', 'positionPaper', 'Positionspapier', 'Positionspapiere', false],
	['E', 'recommendation', 'Empfehlung', 'Empfehlungen', false],
	['Z', 'submission', 'Offener Brief', 'Offene Briefe', false],
] as const;

/** Gives a town without types the usual ones; leaves a town that has some alone. @returns ids by code */
export async function usualTypes(tx: WriteCtx): Promise<Map<string, string>> {
	const known = await paperTypes(tx);
	if (known.length) return new Map(known.map(({ code, id }) => [code, id]));
	const ids = new Map<string, string>();
	for (const [position, [prefix, code, name, plural, asks]] of USUAL.entries()) {
		const scheme = newId();
		const id = newId();
		await tx.db.insertInto('papers.numbering_scheme').values({ id: scheme, name: plural, prefix }).execute();
		await tx.db
			.insertInto('papers.paper_type')
			.values({ id, code, name, name_plural: plural, scheme_id: scheme, asks_statement: asks, position })
			.execute();
		ids.set(code, id);
	}
	return ids;
}
