import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkWay, type CheckedPaper } from './checks.ts';
import { station } from './sample-way.ts';

const motion: CheckedPaper = {
	code: 'motion',
	state: 'filed',
	relevant: true,
	reportBy: '2022-12-31',
	reportWords: 'bis spätestens Ende 2022',
	council: 'Beirat',
};
const chain = [
	station({ name: 'Oberbürgermeisterin', step: 1, role: 'approval', plannedOn: '2022-11-08' }),
	station({ name: 'Sozialausschuss', step: 2, plannedOn: '2022-12-07' }),
	station({ name: 'Rechtsausschuss', step: 3, plannedOn: '2022-12-15' }),
	station({ name: 'Stadtrat', step: 5, role: 'deciding', plannedOn: '2023-02-16' }),
];
const codes = (paper: CheckedPaper, stations = chain, today = '2022-11-01') =>
	checkWay(paper, stations, today).map(({ code }) => code);

describe('checks of a way', () => {
	test('a motion that asks for a report before its own decision, and forgets the council, is told both', () => {
		expect(checkWay(motion, chain, '2022-11-01')).toEqual([
			{
				code: 'reportBeforeDecision',
				values: { report: '2022-12-31', decision: '2023-02-16', words: 'bis spätestens Ende 2022' },
			},
			{ code: 'councilMissing', values: { council: 'Beirat' } },
		]);
	});

	test('nothing is said once the council stands on the way and the report comes afterwards', () => {
		const asked = [...chain, station({ name: 'Beirat', council: true, step: 4, plannedOn: '2023-01-11' })];
		expect(codes({ ...motion, reportBy: '2023-06-30' }, asked)).toEqual([]);
	});

	test('a council that was left out does not count as heard', () => {
		const skipped = [...chain, station({ name: 'Beirat', council: true, step: 4, state: 'skipped' })];
		expect(codes(motion, skipped)).toContain('councilMissing');
		expect(codes({ ...motion, relevant: false }, skipped)).not.toContain('councilMissing');
		expect(codes({ ...motion, relevant: null }, skipped)).not.toContain('councilMissing');
	});

	test('a decision deadline that is over already is said, until somebody has decided', () => {
		const open = chain.map((one) => ({ ...one, plannedOn: null }));
		expect(codes(motion, open, '2023-01-01')).toContain('deadlinePassed');
		const decided = open.map((one) =>
			one.role === 'deciding'
				? { ...one, state: 'done' as const, result: 'adopted' as const, happenedOn: '2022-12-01' }
				: one,
		);
		expect(codes(motion, decided, '2023-01-01')).not.toContain('deadlinePassed');
	});

	test('a motion without a deciding station, and one that is advised on after the decision', () => {
		expect(codes(motion, chain.slice(0, 3))).toContain('decidingMissing');
		expect(codes({ ...motion, code: 'information' }, chain.slice(0, 3))).not.toContain('decidingMissing');
		expect(codes(motion, [...chain, station({ step: 6 })])).toContain('decidingNotLast');
		expect(codes(motion, [...chain, station({ step: 6, role: 'information' })])).not.toContain('decidingNotLast');
	});

	test('a motion that was filed without a way is told so first; a draft and an information are not', () => {
		expect(codes(motion, [])[0]).toBe('wayMissing');
		expect(codes({ ...motion, state: 'draft' }, [])).not.toContain('wayMissing');
		expect(codes({ ...motion, code: 'information' }, [])).not.toContain('wayMissing');
	});

	test('once something else was decided than was asked for, its report day is no matter any more', () => {
		const decided = (result: 'adopted' | 'adoptedChanged' | 'rejected') =>
			chain.map((one) =>
				one.role === 'deciding' ? { ...one, state: 'done' as const, result, happenedOn: '2023-02-16' } : one,
			);
		expect(codes(motion, decided('adopted'))).toContain('reportBeforeDecision');
		expect(codes(motion, decided('adoptedChanged'))).not.toContain('reportBeforeDecision');
		expect(codes(motion, decided('rejected'))).not.toContain('reportBeforeDecision');
	});

	test('a station whose day is over wants its outcome', () => {
		expect(codes(motion, chain, '2022-12-08').filter((code) => code === 'outcomeMissing')).toHaveLength(2);
	});

	test('the warning about the report holds exactly while its day lies before the decision', () => {
		const day = fc
			.integer({ min: 0, max: 4000 })
			.map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }).toString());
		fc.assert(
			fc.property(day, day, (report, decision) => {
				const way = [station({ name: 'Stadtrat', role: 'deciding', plannedOn: decision })];
				const said = codes({ ...motion, reportBy: report }, way, '2019-01-01').includes('reportBeforeDecision');
				expect(said).toBe(report < decision);
			}),
		);
	});

	test('a withdrawn paper is left alone', () => {
		expect(codes({ ...motion, state: 'withdrawn' })).toEqual([]);
	});
});
