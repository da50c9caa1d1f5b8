import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { addOffice, addPerson, holdOffice } from '#server/registry';
import { draftIn, fileIn } from '../paper/commands.server.ts';
import { PaperForm } from '../paper/schema.ts';
import { approve, publishStatement } from './approval.server.ts';
import { answerCoSign, askCoSigners } from './co-sign.server.ts';
import { handToMayor } from './draft.server.ts';
import { refreshDues } from './due.server.ts';
import { DraftForm, TreatmentStepForm } from './schema.ts';
import { addStep } from './treatment/commands.server.ts';

/** The same town, some days ago: what follows is dated then. */
function ago(ctx: Ctx, days: number): Ctx {
	return { ...ctx, today: ctx.today.subtract({ days }), now: ctx.now.subtract({ hours: 24 * days }) };
}

/** One answered motion, one late inquiry, one statement that other departments are reading. */
export async function demoStatements(ctx: Ctx, types: Map<string, string>): Promise<void> {
	await addMayor(ctx);
	const idOf = await organisations(ctx);
	await answerMotion(ctx, idOf('Integrationsbüro'));
	await file(ctx, 43, {
		typeId: types.get('inquiry'),
		title: 'Wartezeiten in der Ausländerbehörde',
		operative:
			'Wie lange dauert es zurzeit vom Antrag auf eine Aufenthaltskarte bis zum Termin, und was tut die Verwaltung, damit es schneller geht?',
		reasons: 'Beratungsstellen berichten von Wartezeiten bis zu neun Monaten.',
		departmentId: idOf('Ausländerbehörde'),
		originators: [idOf('Fraktion Soziale Stadt')],
	});
	await file(ctx, 20, {
		typeId: types.get('inquiry'),
		title: 'Beratung am Samstag',
		operative: 'Wie viele Menschen haben im vergangenen Jahr die Sprechzeit am Samstag genutzt?',
		departmentId: idOf('Bürgeramt'),
		originators: [idOf('Fraktion Junges Elbstadt')],
	});
	const statement = await file(ctx, 15, {
		typeId: types.get('motion'),
		title: 'Aushänge in einfacher Sprache',
		operative: 'Der Stadtrat möge beschließen:\n\nAlle Aushänge der Stadt gibt es auch in einfacher Sprache.',
		reasons: 'Wer Deutsch lernt, versteht amtliche Sätze oft nicht.',
		departmentId: idOf('Integrationsbüro'),
		originators: [idOf('Fraktion Stadtteile')],
		relevance: 'yes',
		relevanceReason: 'Viele, die Deutsch lernen, lesen die Aushänge.',
	});
	const draft = DraftForm.parse({
		title: 'Stellungnahme zum Antrag Aushänge in einfacher Sprache',
		recommendation: 'adopt',
		summary: 'Neue Aushänge erscheinen ab dem Frühjahr in beiden Fassungen.',
		text: 'Die Verwaltung begrüßt den Antrag. Vorlagen in einfacher Sprache liegen für die häufigsten Aushänge vor.',
	});
	await askCoSigners(ago(ctx, 2), statement, [idOf('Bürgeramt')], false, draft);
	await demoTreatments(ctx, types, idOf);
}

/** A recommendation that nobody answered, and a letter from outside that was. */
async function demoTreatments(ctx: Ctx, types: Map<string, string>, idOf: (name: string) => string): Promise<void> {
	await filePlain(ctx, 120, {
		typeId: types.get('recommendation'),
		title: 'Ausbildung auch mit Duldung',
		operative: 'Der Beirat empfiehlt:\n\nDie Ausländerbehörde berät zu Ausbildungsduldungen, bevor Fristen ablaufen.',
		originators: [idOf('Beirat für Integration und Migration')],
		addresseeId: idOf('Ausländerbehörde'),
		relevance: 'yes',
		relevanceReason: 'Betrifft junge Menschen mit Duldung.',
	});
	const letter = await filePlain(ctx, 64, {
		typeId: types.get('submission'),
		title: 'Offener Brief zum Kursangebot am Abend',
		operative: 'Wer tagsüber arbeitet, findet keinen Deutschkurs. Wir bitten um Kurse am Abend und am Wochenende.',
		senderName: 'Runder Tisch Ankommen',
		receivedOn: ctx.today.subtract({ days: 64 }).toString(),
		addresseeId: idOf('Beirat für Integration und Migration'),
	});
	const [treatment] = await ctx.db.selectFrom('papers.treatment').select('id').where('paper_id', '=', letter).execute();
	const answer = {
		treatmentId: treatment!.id,
		kind: 'answered',
		happenedOn: ctx.today.subtract({ days: 40 }).toString(),
		note: 'Der Beirat hat sich der Bitte angeschlossen und die Kursträger eingeladen.',
	};
	await addStep(ago(ctx, 40), TreatmentStepForm.parse(answer));
}

async function answerMotion(ctx: Ctx, coSigner: string): Promise<void> {
	const motion = await ctx.db
		.selectFrom('papers.paper')
		.select('id')
		.where('title', '=', 'Dolmetschen im Bürgerbüro')
		.executeTakeFirstOrThrow();
	const statement = await dateBack(ctx, motion.id, 77);
	const draft = DraftForm.parse({
		title: 'Stellungnahme zum Antrag Dolmetschen im Bürgerbüro',
		recommendation: 'adoptChanged',
		summary:
			'Drei Tage vor Ort kosten 71.000 Euro. Mit zwei Tagen und Telefon werden mehr Menschen erreicht, für 46.000 Euro.',
		text: 'Die Verwaltung nimmt wie folgt Stellung: Der Bedarf ist unbestritten. An zwei Tagen je Woche vor Ort und an allen Öffnungstagen am Telefon werden nach unserer Zählung neun von zehn Gesprächen erreicht.',
		counterProposal:
			'1. Im Bürgerbüro wird an zwei Tagen je Woche vor Ort gedolmetscht, an allen Öffnungstagen am Telefon.\n2. Die Oberbürgermeisterin berichtet dem Stadtrat und dem Beirat in einem halben Jahr über Nachfrage und Kosten.',
	});
	await askCoSigners(ago(ctx, 60), statement, [coSigner], false, draft);
	const asked = await ctx.db
		.selectFrom('papers.statement_co_sign')
		.select('id')
		.where('statement_id', '=', statement)
		.executeTakeFirstOrThrow();
	await answerCoSign(ago(ctx, 57), { id: asked.id, answer: 'agreed', remarks: '' });
	await handToMayor(ago(ctx, 55), statement, '');
	await approve(ago(ctx, 52), statement);
	await publishStatement(ago(ctx, 50), statement);
}

/** Files a paper as many days ago. @returns the id of the statement it asks for */
async function file(ctx: Ctx, days: number, given: Record<string, unknown>): Promise<string> {
	return dateBack(ctx, await filePlain(ctx, days, given), days);
}

async function filePlain(ctx: Ctx, days: number, given: Record<string, unknown>): Promise<string> {
	const then = ago(ctx, days);
	return write(then, async (tx) => {
		const id = await draftIn(tx, PaperForm.parse({ ...given, date: then.today.toString() }));
		await fileIn(tx, id);
		return id;
	});
}

/** Dates the request for a statement back to the filing. @returns its id */
async function dateBack(ctx: Ctx, paperId: string, days: number): Promise<string> {
	const then = ago(ctx, days);
	return write(then, async (tx) => {
		const { statement_id: id } = await tx.db
			.selectFrom('papers.statement_on')
			.select('statement_id')
			.where('paper_id', '=', paperId)
			.executeTakeFirstOrThrow();
		await tx.db.updateTable('papers.statement').set({ requested_on: then.today }).where('id', '=', id).execute();
		await tx.db
			.updateTable('papers.statement_step')
			.set({ at: then.now, on_date: then.today })
			.where('statement_id', '=', id)
			.execute();
		await refreshDues(tx, paperId);
		return id;
	});
}

async function addMayor(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const personId = await addPerson(tx, 'Renate Ohlendiek', { namePublic: true });
		const officeId = await addOffice(tx, { title: 'Oberbürgermeisterin', kind: 'mayor', employment: 'fulltime' });
		await holdOffice(tx, { officeId, personId, from: tx.today.subtract({ years: 2 }), until: null });
	});
}

async function organisations(ctx: Ctx): Promise<(name: string) => string> {
	const rows = await ctx.db.selectFrom('registry.organisation').select(['id', 'name']).execute();
	return (name) => rows.find((row) => row.name === name)!.id;
}
