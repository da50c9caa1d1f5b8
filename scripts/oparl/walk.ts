/** Walks all of a running OParl server and holds it to the specification's text (1.1). */
import { setTimeout } from 'node:timers/promises';
import { checkAnswers, checkError, type Ask } from './answers.ts';
import { Findings } from './finding.ts';
import { checkObject, typeOf, type Json, type Schemas } from './objects.ts';
import { checkOrder, checkRelations } from './relations.ts';
import { checkWindows, withParameters } from './windows.ts';

const LISTS: Record<string, string> = {
	organization: 'Organization',
	person: 'Person',
	meeting: 'Meeting',
	paper: 'Paper',
	agendaItem: 'AgendaItem',
	consultation: 'Consultation',
	file: 'File',
	locationList: 'Location',
	legislativeTermList: 'LegislativeTerm',
	membership: 'Membership',
};
/** Pages without anything new after which a list is given up. */
const MOST_IDLE = 3;

export interface Report {
	findings: Findings;
	requests: number;
}

/** What is asked beyond the objects. */
interface Wishes {
	/** Also asks for every file. */
	files?: boolean;
	/** Ends when what changed a moment ago counts as settled (see `checkAnswers`). */
	settled?: () => Promise<void>;
}

/** @param system address of the system object */
export async function walkServer(system: string, schemas: Schemas, wishes: Wishes = {}): Promise<Report> {
	return new Walk(schemas, wishes).run(system);
}

/** Three seconds: one more than ours takes. */
const aMoment = () => setTimeout(3000);

class Walk {
	readonly #findings = new Findings();
	readonly #schemas: Schemas;
	readonly #files: boolean;
	readonly #settled: () => Promise<void>;
	readonly #known = new Map<string, Json>();
	#requests = 0;

	constructor(schemas: Schemas, { files = false, settled = aMoment }: Wishes) {
		this.#schemas = schemas;
		this.#files = files;
		this.#settled = settled;
	}

	async run(address: string): Promise<Report> {
		const system = await this.#get(address);
		if (system) {
			this.#check(system);
			if (system.id !== address)
				this.#findings.add('an object has another id than the address it is found under', address);
			for (const body of await this.#list(String(system.body), 'Body')) await this.#body(body);
			await checkAnswers(address, this.#ask, this.#findings, this.#settled);
			await this.#links(new URL(address).origin);
		}
		return { findings: this.#findings, requests: this.#requests };
	}

	async #body(body: Json): Promise<void> {
		if (!Array.isArray(body.legislativeTerm)) this.#findings.add('Body.legislativeTerm is no list', String(body.id));
		const lists = new Map<string, Json[]>();
		for (const [property, type] of Object.entries(LISTS)) {
			const address = body[property];
			if (typeof address !== 'string') {
				this.#findings.add(`Body.${property} is missing`, String(body.id));
				continue;
			}
			const objects = await this.#list(address, type);
			lists.set(type, objects);
			for (const one of new Set([objects[0], objects.at(-1)])) if (one) await this.#same(one);
			await checkWindows(address, objects, (asked) => this.#get(asked), this.#findings);
			const unreadable = withParameters(address, { modified_since: 'yesterday' });
			await checkError(
				unreadable,
				400,
				'an unreadable filter is not answered with 400 and an Error',
				this.#ask,
				this.#findings,
			);
		}
		for (const organisation of lists.get('Organization') ?? []) await this.#ofOrganisation(organisation, lists);
		checkRelations(lists, this.#findings);
	}

	/** The two lists of an organisation (1.1): of its meetings and consultations all, and no others. */
	async #ofOrganisation(organisation: Json, lists: ReadonlyMap<string, readonly Json[]>): Promise<void> {
		for (const [property, type] of [
			['meeting', 'Meeting'],
			['consultation', 'Consultation'],
		] as const) {
			const address = organisation[property];
			if (typeof address !== 'string') continue;
			const named = ({ organization }: Json) => [organization].flat().includes(organisation.id);
			const expected = (lists.get(type) ?? []).filter(named).map(({ id }) => String(id));
			const found = (await this.#list(address, type, false)).map(({ id }) => String(id));
			if (expected.sort().join() !== found.sort().join())
				this.#findings.add(`Organization.${property} is not the list of those that name it`, address);
		}
	}

	/** All pages of a list; each object once, of the right type. */
	async #list(address: string, type: string, checks = true): Promise<Json[]> {
		const found = new Map<string, Json>();
		let next: string | undefined = address;
		let idle = 0;
		while (next) {
			const page: Json | null = await this.#get(next);
			if (!page) break;
			const before = found.size;
			const data: Json[] = Array.isArray(page.data) ? (page.data as Json[]) : [];
			if (!Array.isArray(page.data)) this.#findings.add('a list without data', next);
			if (!page.links || !page.pagination) this.#findings.add('a list without links or pagination', next);
			for (const object of data) {
				if (typeOf(object) !== type) this.#findings.add(`something else than ${type} in its list`, next);
				if (found.has(String(object.id))) this.#findings.add('an object stands twice in a list', String(object.id));
				if (object.deleted) this.#findings.add('a deleted object in a list that was not asked since when', next);
				found.set(String(object.id), object);
				if (checks) this.#check(object);
			}
			const links: { next?: string } = page.links ?? {};
			if (links.next === next) this.#findings.add('next leads to the same page', next);
			next = links.next === next ? undefined : links.next;
			idle = found.size > before ? 0 : idle + 1;
			if (next && idle >= MOST_IDLE) {
				this.#findings.add('next never ends', address);
				next = undefined;
			}
		}
		return [...found.values()];
	}

	#check(object: Json): void {
		checkObject(object, this.#findings, this.#schemas, (one) => {
			this.#known.set(String(one.id), one);
			if (typeOf(one) !== 'System') checkOrder(one, this.#findings);
		});
	}

	async #same(object: Json): Promise<void> {
		const alone = await this.#get(String(object.id));
		if (alone && JSON.stringify(alone) !== JSON.stringify(object))
			this.#findings.add('an object says something else under its own address', String(object.id));
	}

	/** Every link to an object of this server leads to one; every file can be fetched. */
	async #links(origin: string): Promise<void> {
		for (const object of this.#known.values()) {
			for (const [key, value] of Object.entries(object)) {
				if (key === 'id' || key === 'web' || key.endsWith('Url') || key === 'website') continue;
				for (const link of [value].flat()) {
					const lost = typeof link === 'string' && link.startsWith(`${origin}/`) && /[0-9a-f-]{36}$/.test(link);
					if (lost && !this.#known.has(link)) await this.#reach(link, `${object.id} ${key}`);
				}
			}
			if (this.#files && typeOf(object) === 'File' && !object.deleted) await this.#file(object);
		}
	}

	async #reach(link: string, where: string): Promise<void> {
		const answer = await this.#ask(link);
		await answer.body?.cancel();
		if (answer.status !== 200) this.#findings.add('a link leads to nothing', where);
		else this.#known.set(link, {});
	}

	async #file(object: Json): Promise<void> {
		for (const [key, disposition] of [
			['accessUrl', 'inline'],
			['downloadUrl', 'attachment'],
		] as const) {
			if (typeof object[key] !== 'string') continue;
			const answer = await this.#ask(object[key]);
			await answer.body?.cancel();
			if (answer.status !== 200) this.#findings.add(`${key} can’t be fetched`, object[key]);
			else if (!(answer.headers.get('content-disposition') ?? '').startsWith(disposition))
				this.#findings.add(`${key} is not sent as ${disposition}`, object[key]);
		}
	}

	async #get(address: string): Promise<Json | null> {
		if (!URL.canParse(address)) {
			this.#findings.add('an address that is none', address);
			return null;
		}
		const answer = await this.#ask(address);
		if (answer.status !== 200) {
			this.#findings.add(`answered with ${answer.status}`, address);
			return null;
		}
		try {
			return (await answer.json()) as Json;
		} catch {
			this.#findings.add('not JSON', address);
			return null;
		}
	}

	/** A server that does not answer at all breaks a rule; it does not break the check. */
	readonly #ask: Ask = async (address, { method = 'GET', headers = {} } = {}) => {
		this.#requests++;
		try {
			return await fetch(address, { method, headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) });
		} catch {
			this.#findings.add('does not answer', address);
			return new Response(null, { status: 503 });
		}
	};
}
