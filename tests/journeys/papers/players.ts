import type { BrowserContext, Page } from 'playwright-core';
import type { App } from '../../support/app.ts';
import { plainPage, type PlainPage } from '../../support/forms.ts';

/** Opens pages for somebody and sends their forms: one journey, with and without JavaScript. */
export type Player = (path: string, cookie?: string) => Promise<PlainPage>;

/** By HTTP alone. */
export const withoutScript =
	(app: App): Player =>
	(path, cookie) =>
		plainPage(app, path, cookie);

/** In a browser with the page's own scripts, one for each person. */
export function withScript(app: App): Player {
	const pages = new Map<string, Page>();
	return async (path, cookie = '') => {
		let page = pages.get(cookie);
		if (!page) {
			page = await app.newPage();
			await bring(page.context(), cookie, app.url);
			pages.set(cookie, page);
		}
		const answer = await page.goto(path);
		return seen(page, answer?.status() ?? 0);
	};
}

async function bring(context: BrowserContext, cookie: string, url: string): Promise<void> {
	const cookies = cookie.split('; ').filter(Boolean);
	await context.addCookies(
		cookies.map((pair) => {
			const equals = pair.indexOf('=');
			return { name: pair.slice(0, equals), value: pair.slice(equals + 1), url };
		}),
	);
}

async function seen(page: Page, status: number): Promise<PlainPage> {
	const text = (await page.locator('body').textContent()) ?? '';
	return {
		status,
		url: page.url(),
		html: await page.content(),
		text: text.replaceAll(/\s+/g, ' ').trim(),
		offers: () => {
			throw new Error('ask the page without script');
		},
		send: async (matching, typed = {}) => {
			const [answer] = await Promise.all([
				page.waitForResponse(
					(response) =>
						(response.request().isNavigationRequest() && response.status() < 300) || response.status() === 422,
				),
				page.waitForEvent('load'),
				page.evaluate(fillAndSend, [matching, typed] as const),
			]);
			return seen(page, answer.status());
		},
	};
}

/** Runs in the page: finds the form, types, presses its button. */
function fillAndSend([matching, typed]: readonly [Record<string, string>, Record<string, string>]): void {
	type Element = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement;
	const elements = (form: HTMLFormElement) => [...form.elements] as Element[];
	const form = [...document.forms].find((one) =>
		Object.entries(matching).every(([name, value]) =>
			elements(one).some((element) => element.name === name && (element.getAttribute('value') ?? '') === value),
		),
	);
	if (!form) throw new Error(`no form with ${JSON.stringify(matching)} on ${location.href}`);
	for (const [name, value] of Object.entries(typed)) {
		for (const element of elements(form).filter((one) => one.name === name)) {
			if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio'))
				element.checked = element.value === value;
			else if (!(element instanceof HTMLButtonElement)) element.value = value;
			element.dispatchEvent(new Event('input', { bubbles: true }));
		}
	}
	const button = elements(form).find(
		(element): element is HTMLButtonElement =>
			element instanceof HTMLButtonElement && element.name !== '' && matching[element.name] === element.value,
	);
	form.requestSubmit(button ?? null);
}
