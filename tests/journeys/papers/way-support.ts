import { expect } from 'vitest';
import type { App } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** What the office does with papers and their way, by forms without script. */
export async function officeOf(app: App) {
	const office = await app.signIn('office');
	const chair = await app.signIn('chair');

	const id = async (table: 'paper_type' | 'organisation', name: string) => {
		const from = table === 'paper_type' ? 'papers.paper_type' : 'registry.organisation';
		const [row] = await app.database.sql<{ id: string }>(`select id from ${from} where name = $1`, [name]);
		if (!row) throw new Error(`there is no ${name}`);
		return row.id;
	};

	/** Writes a paper and files it. @returns its slug */
	async function filed(type: string, typed: Record<string, string>): Promise<string> {
		const form = await plainPage(app, `/vorlagen/neu?typ=${await id('paper_type', type)}`, office);
		const saved = await form.send({ typeId: await id('paper_type', type) }, { relevance: '', ...typed });
		expect(saved.text, saved.text.slice(0, 600)).toContain('Der Entwurf ist gespeichert.');
		const seen = /name="einreichen" value="(\d+)"/.exec(saved.html)![1]!;
		const page = await saved.send({ einreichen: seen });
		expect(page.status, page.text.slice(0, 600)).toBe(200);
		return new URL(page.url).pathname.split('/').at(-1)!;
	}

	const way = (slug: string, cookie = office) => plainPage(app, `/vorlagen/${slug}/weg`, cookie);
	/** The page of a paper; a colon stands where it is read, not where a tag ends. */
	const paper = async (slug: string, cookie?: string, language = '') => {
		const page = await plainPage(app, `${language}/vorlagen/${slug}`, cookie);
		return { ...page, text: page.text.replaceAll(/ : (?=\p{L})/gu, ': ') };
	};

	/** Sends a form of the page of the way. @returns the page that answers */
	async function act(
		slug: string,
		action: string,
		fields: Record<string, string>,
		cookie = office,
	): Promise<PlainPage> {
		const page = await way(slug, cookie);
		const answer = await fetch(`${app.url}/vorlagen/${slug}/weg?/${action}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', cookie },
			body: new URLSearchParams(fields),
		});
		if (answer.status === 303) return plainPage(app, answer.headers.get('location')!, cookie);
		const html = await answer.text();
		const text = html
			.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ')
			.replaceAll(/<[^>]+>/g, ' ')
			.replaceAll(/\s+/g, ' ');
		return { ...page, status: answer.status, html, text };
	}

	/** Adds a station; a committee that the register does not know yet comes into it. @returns its id */
	async function station(slug: string, role: string, body: string, more: Record<string, string> = {}): Promise<string> {
		const known = body
			? (await app.database.sql<{ id: string }>('select id from registry.organisation where name = $1', [body]))[0]
			: undefined;
		const fields: Record<string, string> = body && !known ? { bodyName: body } : { body: known?.id ?? '' };
		const page = await act(slug, 'neu', { role, ...fields, ...more });
		expect(page.status, page.text.slice(0, 1500)).toBe(200);
		expect(page.text).toContain('Station aufgenommen.');
		return /station-([0-9a-f-]{36})/.exec(new URL(page.url, app.url).hash || page.url)?.[1] ?? newest(slug);
	}

	async function newest(slug: string): Promise<string> {
		const [row] = await app.database.sql<{ id: string }>(
			`select c.id from papers.consultation c join papers.paper p on p.id = c.paper_id where p.slug = $1 order by c.id desc limit 1`,
			[slug],
		);
		return row!.id;
	}

	/** Enters what came of a station. */
	async function outcome(
		slug: string,
		station: string,
		result: string,
		more: Record<string, string> = {},
	): Promise<PlainPage> {
		return act(slug, 'ergebnis', { id: station, result, ...more });
	}

	/** Creates a session of the council by its form. @returns slug and id */
	async function session(date: string): Promise<{ slug: string; id: string }> {
		const answer = await fetch(`${app.url}/sitzungen/neu?gremium=beirat&tag=${date}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: app.url, accept: 'text/html', cookie: office },
			body: new URLSearchParams({
				id: crypto.randomUUID(),
				body: 'beirat',
				public: 'on',
				date,
				start: '17:00',
				end: '19:00',
			}),
		});
		expect(answer.status, (await answer.text()).slice(0, 400)).toBe(303);
		const slug = /\/sitzungen\/([^/]+)\/tagesordnung/.exec(answer.headers.get('location')!)![1]!;
		const [row] = await app.database.sql<{ id: string }>('select id from council.meeting where slug = $1', [slug]);
		return { slug, id: row!.id };
	}

	/** Stations on the page of the way, in their order, as headings say them. */
	async function order(slug: string): Promise<string[]> {
		const { html } = await way(slug);
		return [...html.matchAll(/<h3[^>]*>.*?<span lang="de">([^<]*)<\/span>/g)].map(([, name]) => name!);
	}

	return { office, chair, id, filed, way, paper, act, station, outcome, session, order };
}
