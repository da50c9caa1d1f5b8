import { describe, expect, it } from 'vitest';
import { finishPage } from './public-page.ts';

const request = new Request('http://town.example/sitzungen');
const url = new URL(request.url);
const html = { headers: { 'content-type': 'text/html', etag: '"of the framework"', 'content-length': '4' } };
const rendered = { mark: 'mark', html: ['<p>Sitzung –', ' heute</p>'] };

describe('finishPage', () => {
	it('puts the rendered page in the place of its mark', async () => {
		const answer = await finishPage(request, new Response('mark', html), url, rendered);
		expect(await answer.text()).toBe(rendered.html.join(''));
		expect(answer.headers.get('etag')).toBeNull();
		expect(answer.headers.get('content-length')).toBeNull();
	});

	it('keeps what is streamed behind the page', async () => {
		const answer = await finishPage(request, new Response('mark\n<script></script>', html), url, rendered);
		expect(await answer.text()).toBe(`${rendered.html.join('')}\n<script></script>`);
	});

	it('leaves a page alone that carries no mark', async () => {
		const answer = await finishPage(request, new Response('<p>Fehler</p>', { ...html, status: 500 }), url, rendered);
		expect(answer.status).toBe(500);
		expect(await answer.text()).toBe('<p>Fehler</p>');
	});

	it('does not touch answers that are no pages', async () => {
		const answer = new Response('mark', { headers: { 'content-type': 'application/json' } });
		expect(await finishPage(request, answer, url, rendered)).toBe(answer);
	});
});
