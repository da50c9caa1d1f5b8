import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { fromWriting, toWriting } from '#kernel/text/writing.ts';

/** A type of paper as the town calls it; `code` is what the program does with it. */
export interface PaperType {
	id: string;
	code: string;
	name: string;
	namePlural: string;
	asksStatement: boolean;
	publicByDefault: boolean;
	retired: boolean;
	/** Members and everybody else, or only the administration. */
	writtenBy: 'all' | 'administration';
	/** Its number is written below that of another paper: A0152/21/1. */
	below: boolean;
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
		writtenBy: row.written_by as PaperType['writtenBy'],
		below: row.below,
	}));
}

/** What an empty paper of this type begins with, in the syntax of text fields. One query. */
export async function templateOf(
	ctx: Pick<Ctx, 'db'>,
	typeId: string,
): Promise<{ operative: string; reasons: string }> {
	const row = await ctx.db
		.selectFrom('papers.paper_type')
		.select(['template_operative', 'template_reasons'])
		.where('id', '=', typeId)
		.executeTakeFirstOrThrow();
	return {
		operative: toWriting(row.template_operative as TextDocument),
		reasons: toWriting(row.template_reasons as TextDocument),
	};
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
	const administration: readonly string[] = ['resolutionProposal', 'administrationStatement', 'information'];
	for (const [position, [prefix, code, name, plural, asks]] of USUAL.entries()) {
		const scheme = newId();
		const id = newId();
		await tx.db.insertInto('papers.numbering_scheme').values({ id: scheme, name: plural, prefix }).execute();
		await tx.db
			.insertInto('papers.paper_type')
			.values({
				id,
				code,
				name,
				name_plural: plural,
				scheme_id: scheme,
				asks_statement: asks,
				position,
				written_by: administration.includes(code) ? 'administration' : 'all',
				...templatesOf(code),
			})
			.execute();
		ids.set(code, id);
		if (code === 'motion') ids.set('amendment', await addAmendments(tx, scheme, USUAL.length));
	}
	return ids;
}

/** Changes to a paper: no numbers of their own, they are written below the paper's (rulebook R3-19). */
async function addAmendments(tx: WriteCtx, schemeId: string, position: number): Promise<string> {
	const id = newId();
	await tx.db
		.insertInto('papers.paper_type')
		.values({
			id,
			code: 'amendment',
			name: 'Änderungsantrag',
			name_plural: 'Änderungsanträge',
			scheme_id: schemeId,
			below: true,
			position,
		})
		.execute();
	return id;
}

/** Standing sentences with which an empty paper begins; official German of the town, changed on the page of types. */
const OPENINGS: Record<string, { operative: string; reasons: string }> = {
	motion: { operative: 'Der Stadtrat möge beschließen:', reasons: '' },
	resolutionProposal: { operative: 'Der Stadtrat beschließt:', reasons: '' },
	inquiry: { operative: '', reasons: 'Wir bitten um kurze mündliche und ausführliche schriftliche Beantwortung.' },
	recommendation: { operative: 'Der Beirat empfiehlt:', reasons: '' },
};

function templatesOf(code: string) {
	const { operative, reasons } = OPENINGS[code] ?? { operative: '', reasons: '' };
	return {
		template_operative: JSON.stringify(fromWriting(operative)),
		template_reasons: JSON.stringify(fromWriting(reasons)),
	};
}
