/** Properties of our own, as another installation tells them, or as nobody should. */
import { describe, expect, test } from 'vitest';
import { Findings } from './findings.ts';
import type { ForeignKind, Said } from './foreign.ts';
import { readObject } from './read.ts';

const BASE = 'https://rat.example/oparl';

function read<K extends ForeignKind>(kind: K, given: Record<string, unknown>): Said[K] {
	const place = { base: BASE, findings: new Findings(), timeZone: 'Europe/Berlin' };
	const type = `https://schema.oparl.org/1.1/${kind}`;
	const { objects } = readObject({ id: `${BASE}/1`, type, ...given }, kind, place);
	return objects[0]!.said as Said[K];
}

describe('what this program tells itself', () => {
	test('attendance with seats, substitutes and times', () => {
		const { attendance, opened, closed } = read('Meeting', {
			start: '2026-03-04T17:00:00+01:00',
			'mitrat:opened': '2026-03-04T17:04:00+01:00',
			'mitrat:closed': '2026-03-04T16:00:00+01:00',
			'mitrat:attendance': [
				{
					name: 'Ada Marwitz',
					person: `${BASE}/person/1`,
					seat: 4,
					voting: true,
					status: 'remote',
					substituteFor: { name: 'Ute Ohm', person: `${BASE}/person/2` },
					from: '2026-03-04T18:00:00+01:00',
					until: '2026-03-04T17:30:00+01:00',
				},
				{ function: 'Amt für Bildung', status: 'kam später' },
				'Ada Marwitz',
			],
		});
		expect(attendance).toEqual([
			expect.objectContaining({
				name: 'Ada Marwitz',
				person: `${BASE}/person/1`,
				seat: 4,
				voting: true,
				status: 'remote',
				substituteFor: 'Ute Ohm',
				substituteForPerson: `${BASE}/person/2`,
				until: null,
			}),
			expect.objectContaining({ name: '', function: 'Amt für Bildung', seat: null, voting: false, status: 'unknown' }),
		]);
		expect(opened).not.toBeNull();
		// closed before it was opened
		expect(closed).toBeNull();
	});

	test('seats that can be told apart, with who held them', () => {
		const seat = { kind: 'delegated', voting: true };
		const holder = (n: number, startDate: string, endDate?: string) => ({
			membership: `${BASE}/membership/${n}`,
			startDate,
			endDate,
		});
		const { seats, advisory, purpose } = read('Organization', {
			name: 'Beirat',
			'mitrat:advisory': true,
			'mitrat:purpose': 'Berät.',
			'mitrat:seat': [
				{
					...seat,
					number: 1,
					startDate: '2024-01-01',
					endDate: '2024-12-31',
					holder: [holder(1, '2024-01-01', '2024-06-30'), holder(2, '2024-06-30'), holder(3, '2024-07-01')],
				},
				{ ...seat, number: 1, startDate: '2025-01-01' },
				{ ...seat, number: 1, startDate: '2024-06-01' },
				{ ...seat, number: 2, startDate: '2024-06-01', endDate: '2024-01-01' },
				{ ...seat, number: 3, kind: 'Thron', startDate: '2024-06-01' },
				{ ...seat, number: -1e12, startDate: '2024-06-01' },
			],
		});
		expect([advisory, purpose]).toEqual([true, 'Berät.']);
		expect(seats.map(({ number, startDate }) => [number, startDate])).toEqual([
			[1, '2024-01-01'],
			[1, '2025-01-01'],
		]);
		expect(seats[0]!.holders.map(({ membership }) => membership.at(-1))).toEqual(['1', '3']);
	});

	test('the quorum as it was found', () => {
		const found = { stated: true, statedPresent: 9, base: 13, needed: 7, present: 9, quorate: true };
		const { quorum } = read('Meeting', { start: '2026-03-04T17:00:00+01:00', 'mitrat:quorum': [found, null, 7] });
		expect(quorum).toEqual([{ ...found, organization: null, at: null }]);
	});
});
