import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresOf } from './rules/statistic.ts';
import { sampleOf, unitsOf } from './statistic.server.ts';
import type { InvolvementRow, MatterRow, RequestRow } from './view.ts';

const request = (more: Partial<RequestRow> = {}): RequestRow => ({
	id: 'r',
	round: 1,
	step: 1,
	state: 'answered',
	hash: 'x',
	fileId: null,
	urgent: false,
	urgentReason: '',
	requestedOn: '2026-03-02',
	dueOn: '2026-03-09',
	askedAs: 'holder',
	extended: false,
	outdatedOn: null,
	answer: 'agreed',
	reasons: '',
	forCouncil: false,
	answeredOn: '2026-03-04',
	takenUp: null,
	takenUpReason: '',
	takenUpOn: null,
	...more,
});
const involvement = (more: Partial<InvolvementRow> = {}): InvolvementRow => ({
	id: 'i',
	form: 'coSign',
	officeId: 'o',
	organisationId: null,
	who: 'Beauftragte',
	answerDays: 5,
	urgentDays: 1,
	omittedCode: null,
	omittedReason: '',
	omittedOn: null,
	requests: [],
	...more,
});
const matter = (involvements: InvolvementRow[], more: Partial<MatterRow> = {}): MatterRow => ({
	id: 'm',
	title: 'Brunnen',
	note: '',
	departmentId: 'd',
	department: 'Bauamt',
	typeId: null,
	type: null,
	relevant: true,
	withdrawn: false,
	openedOn: '2026-03-01',
	firstInformedOn: '2026-03-01',
	draftSentOn: null,
	draftFinalOn: null,
	mayorApprovedOn: null,
	decidedOn: null,
	urgentOn: null,
	urgentReason: '',
	urgentReportedOn: null,
	createdBy: null,
	topics: [],
	paper: null,
	involvements,
	...more,
});
const figures = (row: MatterRow) => figuresOf(unitsOf([row], 'coSign', '2026-06-01'));

test('a paper withdrawn after the request counts as asked, one withdrawn before owes nothing; neither is an omission', () => {
	const asked = figures(
		matter([involvement({ requests: [request({ state: 'open', answer: null, answeredOn: null })] })], {
			withdrawn: true,
		}),
	);
	expect(asked).toMatchObject({ required: 1, requested: 1, missing: 0 });
	expect(Object.values(asked.omitted)).toEqual([0, 0, 0, 0, 0]);
	expect(figures(matter([involvement()], { withdrawn: true }))).toMatchObject({ required: 0, missing: 0 });
});

test('a co-signature supplied after the council decided is late and not answered in time, however fast it came', () => {
	const late = figures(matter([involvement({ requests: [request()] })], { decidedOn: '2026-03-01' }));
	expect(late).toMatchObject({ requested: 1, requestedInTime: 0, suppliedLater: 1, answered: 1, answeredInTime: 0 });
	const early = figures(matter([involvement({ requests: [request()] })]));
	expect(early).toMatchObject({ requestedInTime: 1, suppliedLater: 0, answered: 1, answeredInTime: 1 });
});

test('the consultation of a council body counts in no statistic of co-signatures', () => {
	const both = matter([involvement({ form: 'consult', officeId: null, organisationId: 'b', requests: [request()] })]);
	expect(figures(both).required).toBe(0);
	expect(figuresOf(unitsOf([both], 'consult', '2026-06-01')).answered).toBe(1);
});

test('the sample is a tenth, at least one, and the same at every look, in whatever order the matters come', () => {
	const ids = fc.uniqueArray(fc.uuid(), { maxLength: 60 });
	fc.assert(
		fc.property(ids, fc.string(), (all, seed) => {
			const rows = all.map((id) => ({ id }));
			const drawn = sampleOf(rows, seed);
			expect(drawn).toHaveLength(Math.ceil(all.length / 10));
			expect(sampleOf(rows.toReversed(), seed)).toEqual(drawn);
		}),
	);
});
