import { sql } from 'kysely';
import { licenceOf } from '#modules/opendata';
import type { Ctx } from '#kernel/ctx.ts';
import { told as withoutNothing } from './deep.ts';
import { placeElsewhere } from './district.server.ts';
import { plain, type Node } from './node.ts';

/** What another system told of an object and no record here holds (oparl.foreign_object.told). */
export interface ToldOn {
	/** ISO moment. */
	created?: string;
	license?: string;
	fileLicense?: string;
	/** Of a person. */
	status?: string[];
	/** Of a paper: places of the register, beside its districts. */
	location?: string[];
	/** Of a place. */
	geojson?: object;
	subLocality?: string;
}

interface Row extends ToldOn {
	type: string;
	id: string;
	/** The town's own licence. */
	ours: string | null;
}

/** Adds to objects that were taken over what was told of them and no record holds. One query. */
export async function tellOn({ db, body }: Pick<Ctx, 'db' | 'body'>, all: Iterable<Node[]>): Promise<void> {
	const nodes = [...all].flat().flatMap(withInner);
	if (!nodes.length) return;
	const { rows } =
		await sql<Row>`select f.kind as type, f.local_id as id, coalesce(f.told ->> 'license', nullif(s.license, '')) as license,
			f.told -> 'created' as created, f.told -> 'fileLicense' as "fileLicense", f.told -> 'status' as status,
			f.told -> 'location' as location, f.told -> 'geojson' as geojson, f.told -> 'subLocality' as "subLocality",
			(select t.settings #>> '{openData,licence}' from kernel.town t where t.id = f.body_id) as ours
		from oparl.foreign_object f join oparl.source s on s.body_id = f.body_id and s.id = f.source_id
		where f.body_id = ${body.id} and f.local_id = any (${nodes.map(({ id }) => id)}::uuid[]) and not f.deleted
		and (f.told is not null or s.license <> '') order by s.id`.execute(db);
	const told = new Map(rows.map((row) => [`${row.type} ${row.id}`, row]));
	for (const node of nodes) {
		const row = told.get(`${node.type} ${node.id}`);
		if (row) add(node, row);
	}
}

function withInner(node: Node): Node[] {
	if (node.elsewhere) return [];
	return [node, ...Object.values(node.inside ?? {}).flatMap((inner) => [inner ?? []].flat().flatMap(withInner))];
}

function add(node: Node, row: Row): void {
	const { created, license, fileLicense, status, location, geojson, subLocality, ours } = row;
	if (created) node.created ??= Temporal.Instant.from(created);
	const offices = (node.properties.status ?? []) as string[];
	const roles = [...new Set([...offices, ...(status ?? [])])];
	// the licence of the town's data counts where nothing else is said (OParl 1.1, 3.2)
	const terms = license && license !== licenceOf(ours).page ? license : undefined;
	const more = {
		license: plain(terms),
		fileLicense: plain(fileLicense),
		status: withoutNothing(roles),
		geojson: withoutNothing(geojson),
		subLocality: plain(subLocality),
	};
	Object.assign(node.properties, Object.fromEntries(Object.entries(more).filter(([, value]) => value)));
	if (location?.length) {
		const own = [node.inside?.location ?? []].flat();
		node.inside = { ...node.inside, location: [...own, ...location.map(placeElsewhere)] };
	}
}
