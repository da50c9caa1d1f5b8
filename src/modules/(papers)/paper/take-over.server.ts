import { sql } from 'kysely';
import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { NotFound, RuleViolation } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { fromPlainText } from '#kernel/text/from-plain.ts';
import { setDistricts } from '../districts/commands.server.ts';
import { slugOfReference } from './commands.server.ts';
import { nextNumber, schemesOf } from './numbers.server.ts';
import { readReference, writeReference, type PaperNumber } from './rules/reference.ts';
import { keepNumber, linkWaiting, relateTakenOver, type TakenOverRelation } from './take-over-links.server.ts';
import { takeOverStations, type TakenOverStation } from '../way/take-over.server.ts';
import { fixVersion } from './versions.server.ts';

/**
 * An old paper as a person confirmed it. Ids point to the register; texts are plain, as extracted. The original stays
 * attached and authoritative.
 */
export interface TakenOverPaper {
	typeId: string;
	/**
	 * `printed`: the old number as one of the town's schemes reads it, or just as it is printed where none does.
	 * `next`: nothing is printed; the next number of the type in the year of `date`.
	 */
	number: { kind: 'printed'; text: string } | { kind: 'next' };
	title: string;
	date: Temporal.PlainDate;
	operative: string;
	reasons: string;
	departmentId: string | null;
	/** Districts of the town's list that it concerns. */
	districts: string[];
	originators: { organisationId: string | null; personId: string | null }[];
	signatory: { name: string; personId: string | null };
	public: boolean;
	closedReason: string;
	/** In their order; each is a step of its own. */
	stations: TakenOverStation[];
	relations: TakenOverRelation[];
	original: { fileId: string; name: string; public: boolean };
}

/**
 * Writes an old paper with its number, texts, stations, relations and original, inside the caller's transaction. Nobody is asked
 * for a statement any more: it tells `papers.takenOver` with `{ paperId }`, not `papers.filed`.
 * @returns id and address of its page
 * @throws RuleViolation `paperExists` (with reference and slug) when the number is taken, `numberMissing`, `decidesTwice`
 */
export async function takeOverPaper(
	tx: WriteCtx,
	given: TakenOverPaper,
): Promise<{ id: string; slug: string; reference: string }> {
	demand(tx.actor, 'papers.edit');
	const type = await tx.db
		.selectFrom('papers.paper_type')
		.select('scheme_id')
		.where('id', '=', given.typeId)
		.executeTakeFirst();
	if (!type) throw new NotFound('paper type');
	const numbered = await numberOf(tx, given, type.scheme_id);
	const slug = slugOfReference(numbered.reference);
	await refuseSecond(tx, numbered.reference, slug);
	const id = newId();
	const text = {
		title: given.title,
		operative: fromPlainText(given.operative),
		reasons: fromPlainText(given.reasons),
	};
	await tx.db
		.insertInto('papers.paper')
		.values({ id, slug, ...columnsOf(tx, given, numbered), ...columnsOfText(text) })
		.execute();
	await fixVersion(tx, id, text, '');
	await insertOriginators(tx, id, given);
	await setDistricts(tx, id, given.districts);
	await takeOverStations(tx, id, given.stations);
	await relateTakenOver(tx, id, given.relations);
	await linkWaiting(tx, id, numbered.reference);
	await insertOriginal(tx, id, given);
	tx.touch('papers.paper', id, { act: 'takenOver', fields: { reference: numbered.reference } });
	await tx.emit('papers.takenOver', { paperId: id });
	return { id, slug, reference: numbered.reference };
}

type Numbered = { reference: string } & (PaperNumber | { schemeId: null; year: null; number: null; suffix: null });

async function numberOf(tx: WriteCtx, { number, date }: TakenOverPaper, schemeId: string): Promise<Numbered> {
	if (number.kind === 'next') return nextNumber(tx, schemeId, date);
	const schemes = await schemesOf(tx);
	const read = readReference(number.text, schemes, tx.today);
	if (!read) {
		const reference = number.text.normalize('NFC').replace(/\s+/g, ' ').trim();
		if (!slugOfReference(reference).replaceAll('-', '')) throw new RuleViolation('numberMissing', {}, '/number');
		return { reference, schemeId: null, year: null, number: null, suffix: null };
	}
	await keepNumber(tx, read);
	return {
		...read,
		reference: writeReference(
			schemes.find(({ id }) => id === read.schemeId)!,
			read,
		),
	};
}

/** One number, one paper. Whoever takes the same one over at the same time waits here and finds it. */
async function refuseSecond(tx: WriteCtx, reference: string, slug: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.body.id} paper ${slug}`}, 0))`.execute(tx.db);
	const there = await tx.db
		.selectFrom('papers.paper')
		.select(['reference', 'slug'])
		.where((eb) => eb.or([eb('reference', '=', reference), eb('slug', '=', slug)]))
		.executeTakeFirst();
	if (there) throw new RuleViolation('paperExists', { reference: there.reference ?? reference, slug: there.slug });
}

function columnsOf(tx: WriteCtx, given: TakenOverPaper, { reference, schemeId, year, number, suffix }: Numbered) {
	return {
		type_id: given.typeId,
		state: 'filed',
		reference,
		scheme_id: schemeId,
		number_year: year,
		number,
		suffix,
		date: given.date,
		filed_at: given.date.toZonedDateTime(tx.body.timeZone).toInstant(),
		published_at: given.public ? tx.now : null,
		public: given.public,
		closed_reason: given.public ? '' : given.closedReason,
		under_direction_of_id: given.departmentId,
		signatory_name: given.signatory.name,
		signatory_person_id: given.signatory.personId,
		taken_over: true,
		created_by: tx.actor.personId,
		created_at: tx.now,
		modified_at: tx.now,
	};
}

function columnsOfText(text: { title: string; operative: unknown; reasons: unknown }) {
	const short = text.title.length > 200 ? `${text.title.slice(0, 199).trimEnd()}…` : text.title;
	return {
		title: short,
		long_title: short === text.title ? '' : text.title,
		operative: JSON.stringify(text.operative),
		reasons: JSON.stringify(text.reasons),
	};
}

async function insertOriginators(tx: WriteCtx, paperId: string, given: TakenOverPaper): Promise<void> {
	for (const [position, { organisationId, personId }] of given.originators.entries()) {
		await tx.db
			.insertInto('papers.originator')
			.values({
				id: newId(),
				paper_id: paperId,
				position,
				organisation_id: organisationId,
				person_id: personId,
				joined_on: given.date,
			})
			.execute();
	}
}

async function insertOriginal(
	tx: WriteCtx,
	paperId: string,
	{ original, public: open }: TakenOverPaper,
): Promise<void> {
	await tx.db
		.insertInto('papers.paper_file')
		.values({
			id: newId(),
			paper_id: paperId,
			file_id: original.fileId,
			kind: 'original',
			title: original.name,
			public: open && original.public,
		})
		.execute();
}
