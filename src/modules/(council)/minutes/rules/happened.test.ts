import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf, type Span } from './happened.ts';

const OPENED = '2026-10-28T16:00:00Z';
const at = (minute: number) => Temporal.Instant.from(OPENED).add({ minutes: minute }).toString();
const span = (more: Partial<Span>): Span => ({
	attendanceId: 'a',
	name: 'Ada Ernst',
	publicName: 'Ada Ernst',
	substituteFor: '',
	seatId: 's1',
	from: at(0),
	until: at(90),
	ended: 'sessionEnd',
	...more,
});
const told = (spans: Span[]) =>
	eventsOf({ spans, switches: [], breaks: [], floor: [] }, OPENED, (iso) => iso).map(({ kind, at: when, values }) => [
		kind,
		when,
		values.name,
	]);

test('who was there from the opening to the end needs no sentence; who came late or left early has one', () => {
	expect(told([span({})])).toEqual([]);
	expect(told([span({ from: at(20), until: at(50), ended: 'left' })])).toEqual([
		['arrival', at(20), 'Ada Ernst'],
		['departure', at(50), 'Ada Ernst'],
	]);
});

test('a seat handed over is one sentence, not a departure and an arrival; changing to video is none', () => {
	const principal = span({ attendanceId: 'p', name: 'Petra Groß', from: at(30) });
	const substitute = span({ until: at(30), ended: 'handedOver' });
	expect(told([substitute, principal])).toEqual([['handover', at(30), 'Petra Groß']]);
	expect(told([span({ until: at(30), ended: 'changed' }), span({ from: at(30) })])).toEqual([]);
});

test('over midnight and through the change of clocks, order follows the moments, not the hands of the clock', () => {
	const opened = '2026-10-24T23:30:00+02:00';
	const late = span({ from: '2026-10-25T02:15:00+02:00', until: '2026-10-25T02:10:00+01:00', ended: 'left' });
	const events = eventsOf({ spans: [late], switches: [], breaks: [], floor: [] }, opened, (iso) => iso);
	expect(events.map(({ kind }) => kind)).toEqual(['arrival', 'departure']);
});

test('guests are given the floor once an item, in the order of speaking; strangers read functions', () => {
	const floor = [
		{ itemId: 'i', name: 'Leo Frank', publicName: 'Leitung des Bürgeramts', at: at(5) },
		{ itemId: 'i', name: 'Mia Roth', publicName: 'Sprecherin der AG Sprache', at: at(8) },
		{ itemId: 'i', name: 'Leo Frank', publicName: 'Leitung des Bürgeramts', at: at(9) },
	];
	const [event] = eventsOf({ spans: [], switches: [], breaks: [], floor }, OPENED, (iso) => iso);
	expect(event).toMatchObject({
		kind: 'floorMany',
		values: { names: 'Leo Frank und Mia Roth' },
		publicValues: { names: 'Leitung des Bürgeramts und Sprecherin der AG Sprache' },
	});
});

test('nobody arrives before the opening, and nobody leaves twice at one moment', () => {
	const spans = fc.array(
		fc.record({ person: fc.nat(3), from: fc.nat(60), length: fc.integer({ min: 1, max: 40 }), left: fc.boolean() }),
		{ maxLength: 10 },
	);
	fc.assert(
		fc.property(spans, (drawn) => {
			const all = drawn.map(({ person, from, length, left }) =>
				span({
					attendanceId: `p${person}`,
					seatId: `s${person}`,
					from: at(from - 20),
					until: at(from - 20 + length),
					ended: left ? 'left' : 'sessionEnd',
				}),
			);
			for (const [kind, when] of told(all)) if (kind === 'arrival') expect(when! > OPENED).toBe(true);
		}),
	);
});
