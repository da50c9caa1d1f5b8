/** Walks all of a running OParl server and holds it to the specification's text (1.1). */
import { Findings } from './finding.ts';
import { checkObject, typeOf, type Json, type Schemas } from './objects.ts';

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
/** More pages than any town has: a list whose `next` never ends. */
const MOST_PAGES = 100_000;

export interface Report {
	findings: Findings;
	requests: number;
}

/** @param system address of the system object @param files also asks for every file */
export async function walkServer(system: string, schemas: Schemas, { files = false } = {}): Promise<Report> {
	return new Walk(schemas, files).run(system);
}

class Walk {
	readonly #findings = new Findings();
	readonly #schemas: Schemas;
	readonly #files: boolean;
	readonly #known = new Map<string, Json>();
	#requests = 0;

	constructor(schemas: Schemas, files: boolean) {
		this.#schemas = schemas;
		this.#files = files;
	}

	async run(address: string): Promise<Report> {
		const system = await this.#get(address);
		if (system) {
			this.#check(system);
			if (system.id !== address)
				this.#findings.add('an object has another id than the address it is found under', address);
			for (const body of await this.#list(String(system.body), 'Body')) await this.#body(body);
			await this.#answers(address);
			await this.#links();
		}
		return { findings: this.#findings, requests: this.#requests };
	}

	async #body(body: Json): Promise<void> {
		for (const [property, type] of Object.entries(LISTS)) {
			const address = body[property];
			if (typeof address !== 'string') {
				this.#findings.add(`Body.${property} is missing`, String(body.id));
				continue;
			}
			const objects = await this.#list(address, type);
			if (objects[0]) await this.#same(objects[0]);
			await this.#windows(address, objects);
		}
	}

	/** All pages of a list; each object once, of the right type. */
	async #list(address: string, type: string): Promise<Json[]> {
		const found = new Map<string, Json>();
		let next: string | undefined = address;
		for (let pages = 0; next && pages < MOST_PAGES; pages++) {
			const page: Json | null = await this.#get(next);
			if (!page) break;
			const data: Json[] = Array.isArray(page.data) ? (page.data as Json[]) : [];
			if (!Array.isArray(page.data)) this.#findings.add('a list without data', next);
			if (!page.links || !page.pagination) this.#findings.add('a list without links or pagination', next);
			for (const object of data) {
				if (typeOf(object) !== type) this.#findings.add(`something else than ${type} in its list`, next);
				if (found.has(String(object.id))) this.#findings.add('an object stands twice in a list', String(object.id));
				if (object.deleted) this.#findings.add('a deleted object in a list that was not asked since when', next);
				found.set(String(object.id), object);
				this.#check(object);
			}
			const links: { next?: string } = page.links ?? {};
			if (links.next === next) this.#findings.add('next leads to the same page', next);
			next = links.next === next ? undefined : links.next;
		}
		return [...found.values()];
	}

	#check(object: Json): void {
		checkObject(object, this.#findings, this.#schemas, (one) => this.#known.set(String(one.id), one));
	}

	async #same(object: Json): Promise<void> {
		const alone = await this.#get(String(object.id));
		if (alone && JSON.stringify(alone) !== JSON.stringify(object))
			this.#findings.add('an object says something else under its own address', String(object.id));
	}

	/** Filters by time: what they must keep out, and what is empty. */
	async #windows(address: string, objects: Json[]): Promise<void> {
		const future = await this.#get(withParameters(address, { created_since: '2999-01-01T00:00:00+00:00' }));
		if (future && (future.data as Json[] | undefined)?.length !== 0)
			this.#findings.add('a window without objects is not an empty list', address);
		const newest = objects.map(({ modified }) => String(modified)).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
		if (!newest) return;
		const page = await this.#get(withParameters(address, { modified_since: newest, limit: '1000' }));
		const older = ((page?.data ?? []) as Json[]).filter(
			({ modified }) => Date.parse(String(modified)) < Date.parse(newest),
		);
		if (older.length) this.#findings.add('modified_since lets older objects pass', address);
		const self = (page?.links as { self?: string } | undefined)?.self ?? '';
		if (!self.includes('modified_since')) this.#findings.add('a list forgets its filter in its links', address);
		const brief = await this.#get(withParameters(address, { omit_internal: 'true', limit: '5' }));
		for (const object of (brief?.data ?? []) as Json[]) {
			const inside = Object.values(object)
				.flat()
				.some((value) => value && typeof value === 'object' && 'type' in value && typeOf(value as Json));
			if (inside) this.#findings.add('omit_internal leaves embedded objects in', address);
		}
	}

	/** How the server speaks: to browsers, when nothing changed, when there is nothing. */
	async #answers(address: string): Promise<void> {
		const first = await this.#ask(address);
		if (first.headers.get('access-control-allow-origin') !== '*') this.#findings.add('no CORS for every site', address);
		if (!/^application\/json\b/.test(first.headers.get('content-type') ?? ''))
			this.#findings.add('not sent as JSON', address);
		const etag = first.headers.get('etag');
		if (!etag) this.#findings.add('no ETag', address);
		else if ((await this.#ask(address, { 'if-none-match': etag })).status !== 304)
			this.#findings.add('what is unchanged is not answered with 304', address);
		const nothing = await this.#ask(`${address.replace(/\/[^/]*$/, '')}/paper/00000000-0000-7000-8000-000000000000`);
		const error = (await nothing.json().catch(() => ({}))) as Json;
		if (nothing.status !== 404 || !String(error.type).endsWith('/Error'))
			this.#findings.add('what does not exist is not answered with 404 and an Error', nothing.url);
	}

	/** Every link to an object of this server leads to one; every file can be fetched. */
	async #links(): Promise<void> {
		const origin = new URL(String([...this.#known.keys()][0])).origin;
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

	#ask(address: string, headers: Record<string, string> = {}): Promise<Response> {
		this.#requests++;
		return fetch(address, { headers, redirect: 'follow', signal: AbortSignal.timeout(60_000) });
	}
}

function withParameters(address: string, parameters: Record<string, string>): string {
	const url = new URL(address);
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.href;
}
