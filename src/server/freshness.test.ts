import { expect, test } from 'vitest';
import { readConfig } from '#kernel/config.ts';
import { newId } from '#kernel/ids.ts';
import { installRuntime } from '#kernel/runtime.ts';
import type { Town } from '#kernel/town.ts';
import { freshness as freshnessAt, isHeld, type Freshness } from './freshness.ts';

installRuntime(readConfig({ MITRAT_MODE: 'test' }), {});

const town = (settings: Town['settings'] = {}, id = newId()): Town => ({
	id,
	name: 'Elbstadt',
	shortName: 'Elbstadt',
	ags: null,
	timeZone: 'Europe/Berlin',
	hosts: [],
	demonstration: false,
	settings,
});
/** The process has been running for an hour. */
const NOW = Date.now() + 3_600_000;
const freshness = (...[place, now, path, release]: Parameters<typeof freshnessAt>): Freshness =>
	freshnessAt(place, now, path, release, NOW);
const ago = (seconds: number) =>
	Temporal.Instant.fromEpochMilliseconds(NOW).subtract({ milliseconds: Math.round(seconds * 1000) });
const state = (seconds: number) => ({ seq: 7, at: ago(seconds), toldSeq: 3, toldAt: ago(seconds) });
const OPARL = '/oparl/v1.1/body';

test('what was held before a change is not held after it, by ETag or by time', () => {
	const here = town();
	const before = freshness(here, { ...state(90_000), seq: 6 }, '/sitzungen', 'r');
	const after = freshness(here, state(10), '/sitzungen', 'r');
	expect(isHeld({ 'if-none-match': after.etag }, after)).toBe(true);
	expect(isHeld({ 'if-none-match': `"x", W/${after.etag}` }, after)).toBe(true);
	expect(isHeld({ 'if-none-match': before.etag }, after)).toBe(false);
	expect(isHeld({ 'if-modified-since': after.lastModified }, after)).toBe(true);
	expect(isHeld({ 'if-modified-since': before.lastModified }, after)).toBe(before.lastModified === after.lastModified);
	expect(isHeld({}, after)).toBe(false);
	expect(isHeld({ 'if-modified-since': 'yesterday' }, after)).toBe(false);
});

test('an ETag that does not fit is not overruled by a time that does', () => {
	const now = freshness(town(), state(90), OPARL, 'r');
	expect(isHeld({ 'if-none-match': '"other"', 'if-modified-since': now.lastModified }, now)).toBe(false);
});

test('there is no time while another change could still come within the same second', () => {
	expect(freshness(town(), state(0.1), OPARL, 'r').lastModified).toBeUndefined();
	const told = freshness(town(), state(-3600), OPARL, 'r');
	expect(told.lastModified).toBeUndefined();
	expect(isHeld({ 'if-modified-since': new Date().toUTCString() }, told)).toBe(false);
});

test('the time is not before the change, in whole seconds', () => {
	const changed = state(5);
	const { lastModified } = freshness(town(), changed, OPARL, 'r');
	const told = Date.parse(lastModified!);
	expect(told).toBeGreaterThanOrEqual(changed.toldAt.epochMilliseconds);
	expect(told - changed.toldAt.epochMilliseconds).toBeLessThan(1000);
});

test('answers to programs hang on what programs are told, pages on everything public; both on settings and build', () => {
	const here = town();
	const of = (path: string, more: object = {}, place = here, release = 'r') =>
		freshness(place, { ...state(60), ...more }, path, release).etag;
	expect(of(OPARL, { seq: 8 })).toBe(of(OPARL));
	expect(of(OPARL, { toldSeq: 4 })).not.toBe(of(OPARL));
	expect(of('/sitzungen', { seq: 8 })).not.toBe(of('/sitzungen'));
	for (const path of [OPARL, '/sitzungen']) {
		expect(of(path, {}, town({ councilName: 'Beirat' }, here.id))).not.toBe(of(path));
		expect(of(path, {}, town({}, here.id), 'r2')).not.toBe(of(path));
	}
});

test('changed settings are news: who holds the time from before gets the page anew', () => {
	const id = newId();
	const old = freshness(town({}, id), state(90), OPARL, 'r');
	const now = freshness(town({ councilName: 'Beirat' }, id), state(90), OPARL, 'r');
	expect(isHeld({ 'if-modified-since': old.lastModified }, now)).toBe(false);
});
