import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WriteCtx } from '#kernel/ctx.ts';
import { isId, newId } from '#kernel/ids.ts';
import type { Findings } from '../reading/findings.ts';
import type { ToldOn } from '../../project/told-on.server.ts';
import type { ForeignKind, Said } from '../reading/foreign.ts';

/** A source as records name it. */
export interface SourceFacts {
	id: string;
	name: string;
	/** Bodies of a calendar or feed are those of the town that have the same name. */
	namesOnly: boolean;
	/** Foreign id of the organisation that stands for the town where a session names none. */
	bodyId: string;
	bodyName: string;
	mainOrganization: string | null;
	/** A dump of this program: ids that are free here stay what they were. */
	keepsIds: boolean;
}

/** One object that waits to be taken over. */
export interface Waiting<K extends ForeignKind = ForeignKind> {
	id: string;
	kind: K;
	localId: string | null;
	parent: string | null;
	root: string;
	deleted: boolean;
	document: {
		said: Said[K];
		web: string | null;
		created: string | null;
		license: string | null;
		address: string;
	} | null;
}

interface Local {
	id: string;
	kind: string;
}

/** Objects that are taken over in one write, with what they name. */
export class Batch {
	readonly tx: WriteCtx;
	readonly source: SourceFacts;
	readonly findings: Findings;
	readonly #waiting: Map<string, Waiting>;
	readonly #known = new Map<string, Local>();
	readonly #missing = new Map<string, Set<string>>();
	readonly #done = new Set<string>();
	readonly #told = new Map<string, ToldOn>();
	#free: ReadonlySet<string> = new Set();
	readonly keptByKind = new Map<ForeignKind, number>();
	readonly goneByKind = new Map<ForeignKind, number>();

	constructor(tx: WriteCtx, source: SourceFacts, findings: Findings, waiting: readonly Waiting[]) {
		this.tx = tx;
		this.source = source;
		this.findings = findings;
		this.#waiting = new Map(waiting.map((one) => [one.id, one]));
	}

	/** Finds which ids of the source can stay what they are: those that no record of the town has. One query. */
	async keepIds(): Promise<void> {
		if (!this.source.keepsIds) return;
		const wanted = [...this.#waiting.values()].flatMap(({ id, localId }) => (localId ? [] : (idIn(id) ?? [])));
		this.#free = await freeIds(this.tx, wanted);
	}

	/** The id here of something without an address at the source, and the one where somebody else has that already. */
	ownId(id: string): { id: string; otherId: string } {
		const otherId = derivedId(this.source.id, id);
		return { id: this.source.keepsIds && isId(id) ? id : otherId, otherId };
	}

	/** Of a dump: the end of a page's address, e.g. 'beirat' of https://…/gremien/beirat. */
	slugIn(web: string | null, folder: string): string | undefined {
		return this.source.keepsIds ? new RegExp(`/${folder}/([a-z0-9-]{1,80})$`).exec(web ?? '')?.[1] : undefined;
	}

	/** What no record can hold is told on as it was told. */
	tellOn(one: Waiting, told: ToldOn): void {
		this.#told.set(one.id, told);
	}

	/** Those of a kind that are to be kept, and those to be taken back. */
	of<K extends ForeignKind>(kind: K): (Waiting<K> & { document: NonNullable<Waiting<K>['document']> })[] {
		return [...this.#waiting.values()].filter(
			(one) => one.kind === kind && !one.deleted && one.document !== null,
		) as never;
	}

	goneOf(kind: ForeignKind): Waiting[] {
		return [...this.#waiting.values()].filter((one) => one.kind === kind && one.deleted);
	}

	/** Looks up records of ids that objects name. One query. */
	async know(ids: Iterable<string | null>): Promise<void> {
		const wanted = [...new Set(ids)].filter((id): id is string => id !== null && !this.#known.has(id));
		if (!wanted.length) return;
		const { rows } = await sql<{
			id: string;
			local: string | null;
			kind: string;
		}>`select foreign_id as id, local_id as local, kind
			from oparl.foreign_object where body_id = ${this.tx.body.id} and source_id = ${this.source.id}
			and foreign_id = any (${wanted}::text[]) and not deleted`.execute(this.tx.db);
		for (const { id, local, kind } of rows) if (local) this.#known.set(id, { id: local, kind });
	}

	/** The record of an id that `by` names; null and remembered as missing when there is none (yet). */
	local(id: string | null, kind: ForeignKind, by?: Waiting): string | null {
		if (!id) return null;
		const found = this.#known.get(id);
		if (found?.kind === kind) return found.id;
		if (by) this.#missing.getOrInsertComputed(by.id, () => new Set()).add(id);
		return null;
	}

	locals(ids: readonly string[], kind: ForeignKind, by?: Waiting): string[] {
		return [...new Set(ids.map((id) => this.local(id, kind, by)).filter((id) => id !== null))];
	}

	/** The id that a record of this object has, or may have. */
	idFor(one: Waiting): string {
		return one.localId ?? this.#freeIdOf(one) ?? newId();
	}

	/** The id under which an object is or will be kept. */
	keep(one: Waiting, localId = this.idFor(one)): string {
		this.#known.set(one.id, { id: localId, kind: one.kind });
		this.#done.add(one.id);
		this.keptByKind.set(one.kind, (this.keptByKind.get(one.kind) ?? 0) + 1);
		return localId;
	}

	#freeIdOf({ id }: Waiting): string | null {
		const own = idIn(id);
		return own && this.#free.has(own) ? own : null;
	}

	/** A record that two ids of the source became is taken back with the last of them. One query. */
	async isLast(one: Waiting): Promise<boolean> {
		if (!one.localId) return false;
		const { rows } =
			await sql`select from oparl.foreign_object where body_id = ${this.tx.body.id} and local_id = ${one.localId}
			and (source_id, foreign_id) <> (${this.source.id}::uuid, ${one.id}) and not deleted limit 1`.execute(this.tx.db);
		return rows.length === 0;
	}

	/** Notes what became of each. What waits for something that is not here keeps its text. */
	async note(): Promise<void> {
		const rows = [...this.#waiting.values()].map((one) => {
			const missing = [...(this.#missing.get(one.id) ?? [])];
			const done = this.#done.has(one.id);
			if (one.deleted && one.localId) this.goneByKind.set(one.kind, (this.goneByKind.get(one.kind) ?? 0) + 1);
			const local = one.deleted ? one.localId : done ? this.#known.get(one.id)!.id : one.localId;
			const told = one.deleted ? null : toldOf(one, this.#told.get(one.id));
			return { id: one.id, local, missing, waits: missing.length > 0, told };
		});
		await sql`update oparl.foreign_object f set pending = false, local_id = r.local, missing = array(select jsonb_array_elements_text(r.missing)),
			document = case when r.waits then f.document end, told = r.told
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id text, local uuid, missing jsonb, waits boolean, told jsonb)
			where f.body_id = ${this.tx.body.id} and f.source_id = ${this.source.id} and f.foreign_id = r.id`.execute(this.tx.db);
	}
}

/** Kinds whose records do not keep when they were made. */
const TIMELESS = new Set<ForeignKind>(['LegislativeTerm', 'Membership', 'AgendaItem', 'Consultation', 'Location']);

/** Null where there is nothing to tell on. */
function toldOf({ kind, document }: Waiting, more: ToldOn = {}): ToldOn | null {
	const { created, license } = document ?? {};
	const told: ToldOn = { ...(created && TIMELESS.has(kind) && { created }), ...(license && { license }), ...more };
	return Object.keys(told).length ? told : null;
}

/** The last part of an address of this program. */
function idIn(address: string): string | null {
	const id = address.slice(-36);
	return address.at(-37) === '/' && isId(id) ? id : null;
}

/** Which of these ids no record of the town has. One query. */
async function freeIds({ db, body }: WriteCtx, ids: readonly string[]): Promise<Set<string>> {
	const tables = ['registry.organisation', 'registry.person', 'registry.membership', 'registry.place', 'council.term'];
	tables.push('council.meeting', 'council.agenda_item', 'council.meeting_file', 'papers.paper', 'papers.consultation');
	tables.push('papers.district', 'papers.paper_file', 'oparl.made_file', 'oparl.object');
	const here = tables.map(
		(table) => sql`select id from ${sql.table(table)} where body_id = ${body.id} and id = any (${ids}::uuid[])`,
	);
	const { rows } = await sql<{ id: string }>`${sql.join(here, sql` union `)}`.execute(db);
	return new Set(ids).difference(new Set(rows.map(({ id }) => id)));
}

/** The same id each time for something that has none of its own: made of the source's and what it calls it (UUID version 8). */
function derivedId(source: string, id: string): string {
	const hex = createHash('sha256').update(`${source} ${id}`).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
		'-',
	);
}

/** The day of a moment by the town's clock. */
export function dayOf(moment: string, timeZone: string): string {
	return Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** OParl names the last day, records the first that no longer counts. */
export function dayAfter(day: string | null): string | null {
	return day ? Temporal.PlainDate.from(day).add({ days: 1 }).toString() : null;
}

/** Moment at which a record was made, where the source does not say it. */
export function createdOf(one: { document: { created: string | null } }, now: Temporal.Instant): string {
	return one.document.created ?? now.toString();
}
