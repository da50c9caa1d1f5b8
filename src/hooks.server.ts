import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { error } from '@sveltejs/kit';
import './modules.server.ts';
import * as m from '#messages';
import { overwriteGetLocale } from '#messages/runtime';
import { overwriteInSource } from '#generated/messages/source.js';
import { isAway } from '#kernel/away.ts';
import { Conflict, Forbidden, Gone, NotFound } from '#kernel/errors.ts';
import { InfectedFile, ScannerAway } from '#kernel/files/scan.ts';
import { atWork, currentLocale, inLanguage, markSource, spokenFor } from '#kernel/i18n/current.ts';
import { speakAs } from '#kernel/i18n/format.ts';
import { direction, languageTag, splitPath, type Locale } from '#kernel/i18n/locales.ts';
import { logError } from '#kernel/log.ts';
import { currentRequest, isAnswered } from '#kernel/observe/watched.ts';
import { beginRequest, endRequest } from '#kernel/request.ts';
import { isMalformed } from '#kernel/malformed.ts';
import { runtime } from '#kernel/runtime.ts';
import { townOfHost } from '#kernel/towns.ts';
import { finishPage, type RenderedPage } from '#kernel/http/public-page.ts';
import { sourceMarked } from '#kernel/http/source-marks.ts';
import { unavailable } from '#kernel/http/unavailable.ts';
import { withSecurityHeaders } from '#kernel/http/security-headers.ts';
import { isWorkPage } from './work-pages.ts';

/** Composition root of the web side: who asks, where, in which language. Everything else happens in the pages. */
export const init: ServerInit = () => {
	overwriteGetLocale(currentLocale);
	overwriteInSource(markSource);
	speakAs(spokenFor);
};

export const handle: Handle = async (input) => {
	const { request, url, locals } = input.event;
	const response = await serve(input).catch((error: unknown) => {
		if (!isAway(error)) throw error;
		logError(error, { at: 'request', method: request.method });
		locals.away = true;
	});
	// What the framework makes of a page that could not read its data is no use: its error page needs the same data.
	if (response && !locals.away) return response;
	const { locale } = splitPath(url.pathname);
	const words = inLanguage(locale, () => ({
		title: m.shell_error_away(),
		text: m.shell_error_away_text(),
		again: m.shell_error_again(),
	}));
	return withSecurityHeaders(unavailable(request, locale, words), url);
};

async function serve({ event, resolve }: Parameters<Handle>[0]): Promise<Response> {
	const town = await townOfHost(event.url.host);
	if (!town) error(404);
	const { locale } = splitPath(event.url.pathname);
	const request = currentRequest();
	const ctx = await beginRequest(town, locale, event.request.headers);
	event.locals.ctx = ctx;
	let rendered: RenderedPage | undefined;
	try {
		const response = await inLanguage(
			locale,
			() =>
				resolve(event, {
					transformPageChunk({ html }) {
						rendered = { mark: ctx.requestId, html: withLanguage(sourceMarked(html, locale), locale) };
						return rendered.mark;
					},
				}),
			isWorkPage(event.route.id) ? atWork(locale) : locale,
		);
		tellQueries(response, ctx.scope.queries);
		if (request) Object.assign(request, { route: event.route.id, queries: ctx.scope.queries });
		return await finishPage(event.request, withSecurityHeaders(response, event.url), event.url, rendered);
	} finally {
		// The framework's URL for `load` has properties of its own, and the engine keeps what they reach, the whole request, until it
		// looks through everything old.
		rendered = undefined;
		if (!event.isSubRequest) isAnswered(request);
		await endRequest(ctx);
	}
}

/** Pages have a budget of queries; which process answered says how many share the work. Told only where the page cache is off, which is for measuring. */
function tellQueries(response: Response, queries: number): void {
	if (!runtime().config.pageCache)
		response.headers.set('server-timing', `sql;desc="${queries}", process;desc="${process.pid}"`);
}

/** The two marks stand in the first line of app.html; the rest of a page is not worth searching. */
function withLanguage(html: string, locale: Locale): readonly string[] {
	const head = html
		.slice(0, 120)
		.replace('%mitrat.lang%', languageTag(locale))
		.replace('%mitrat.dir%', direction(locale));
	return [head, html.slice(120)];
}

export const handleError: HandleServerError = (caught) => {
	if (caught.kind !== 'unknown') return;
	if (caught.error instanceof NotFound) return { status: 404, message: 'not found' };
	if (caught.error instanceof Gone) return { status: 410, message: 'gone' };
	if (caught.error instanceof Forbidden) return { status: 403, message: 'forbidden' };
	if (caught.error instanceof Conflict) return { status: 409, message: 'conflict' };
	if (caught.error instanceof InfectedFile) return { status: 422, message: 'infected' };
	const id = logError(caught.error, { route: caught.event.route.id, method: caught.event.request.method });
	if (caught.error instanceof ScannerAway) return { status: 503, message: 'scanner away', id };
	if (isAway(caught.error)) {
		caught.event.locals.away = true;
		return { status: 503, message: 'unavailable', id };
	}
	// Logged all the same: it may be a page of ours that let it through.
	if (isMalformed(caught.error))
		return { status: caught.event.request.method === 'GET' ? 404 : 400, message: 'malformed', id };
	return { status: 500, message: 'internal', id };
};
