import { sql } from 'kysely';
import { papersOfOthers } from '#server/papers';
import type { Batch, Waiting } from './batch.server.ts';

/** Districts that a source of this program tells as such: they stand on the town's list from now on. */
export async function mapDistricts(batch: Batch): Promise<void> {
	const told = batch.of('Location').flatMap((one) => {
		const { district, description, subLocality } = one.document.said;
		const name = (description || subLocality).slice(0, 80);
		return district && name ? [{ one, id: batch.idFor(one), name, ...district }] : [];
	});
	if (!told.length) return;
	const ids = await papersOfOthers.takeOverDistricts(batch.tx, told);
	for (const { one, id } of told) batch.keep(one, ids.get(id));
}

/** Where papers play: districts of the town's list, and other places of the register, by the paper's id at the source. */
export interface Where {
	districts: string[];
	places: string[];
}

/**
 * Districts among the places that papers name: those that were told as such; a place that has nothing but the name of a district is that
 * district; and one that lies in a district by its `subLocality` is named beside it. Two queries.
 */
export async function whereOf(
	batch: Batch,
	papers: readonly (Waiting<'Paper'> & { document: NonNullable<Waiting<'Paper'>['document']> })[],
): Promise<Map<string, Where>> {
	const named = new Map(papers.map((one) => [one.id, batch.locals(one.document.said.location, 'Location', one)]));
	const all = [...new Set([...named.values()].flat())];
	const list = all.length ? await papersOfOthers.knownDistricts(batch.tx) : [];
	const within = list.length ? await districtsOfPlaces(batch, all, list) : new Map<string, Within>();
	const where = (ids: readonly string[]): Where => ({
		districts: [...new Set(ids.flatMap((id) => within.get(id)?.district ?? []))],
		places: ids.filter((id) => !within.get(id)?.whole),
	});
	return new Map([...named].map(([id, ids]) => [id, where(ids)]));
}

interface Within {
	district: string;
	/** The place is the district, and no more. */
	whole: boolean;
}

type District = Awaited<ReturnType<typeof papersOfOthers.knownDistricts>>[number];

async function districtsOfPlaces(
	{ tx, source }: Batch,
	ids: readonly string[],
	list: readonly District[],
): Promise<Map<string, Within>> {
	const found = new Map<string, Within>();
	for (const { id } of list) if (ids.includes(id)) found.set(id, { district: id, whole: true });
	// a dump of this program says which districts its papers name
	if (source.keepsIds) return found;
	const { rows } = await sql<{ id: string; name: string; bare: boolean; within: string | null }>`select p.id, p.name,
			concat(p.room, p.street, p.postcode) = '' as bare, f.told ->> 'subLocality' as within
		from registry.place p left join oparl.foreign_object f on f.body_id = p.body_id and f.local_id = p.id
			and f.source_id = ${source.id} and f.kind = 'Location'
		where p.body_id = ${tx.body.id} and p.id = any (${[...ids]}::uuid[])`.execute(tx.db);
	for (const { id, name, bare, within } of rows) {
		const whole = bare ? papersOfOthers.districtOf(list, name, tx.body.name) : null;
		const district = whole ?? (within ? papersOfOthers.districtOf(list, within) : null);
		if (district) found.set(id, { district: district.id, whole: whole !== null });
	}
	return found;
}
