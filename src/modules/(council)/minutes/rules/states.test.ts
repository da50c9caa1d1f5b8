import fc from 'fast-check';
import { expect, test } from 'vitest';
import { after, isFixed, STATES, type Act, type Standing } from './states.ts';

const ACTS: Act[] = ['sendToReview', 'backToDraft', 'sign', 'publish', 'withdraw', 'approve', 'correct', 'archive'];
const standing = fc.record<Standing>({
	state: fc.constantFrom(...STATES),
	unknownAttendance: fc.nat(3),
	held: fc.boolean(),
	takenOver: fc.boolean(),
	signaturesMissing: fc.nat(2),
	preliminaryPublication: fc.boolean(),
	partsUnapproved: fc.nat(2),
	openObjections: fc.nat(2),
	reason: fc.constantFrom('', '  ', 'Ein Name war falsch geschrieben.'),
	shown: fc.boolean(),
});
const act = fc.constantFrom(...ACTS);
const rank = (state: Standing['state']) => STATES.indexOf(state);

test('minutes never go back once they are fixed, and skip no signature on their way', () => {
	fc.assert(
		fc.property(standing, act, (now, what) => {
			const out = after(what, now);
			if ('refused' in out) return;
			if (isFixed(now.state)) expect(rank(out.state)).toBeGreaterThanOrEqual(rank(now.state));
			if (isFixed(out.state) && !isFixed(now.state)) {
				expect(what).toBe('sign');
				expect(out.state).toBe('signed');
				expect(now.signaturesMissing).toBe(0);
			}
			if (out.state === 'approved' && now.state !== 'approved') expect(now.partsUnapproved).toBe(0);
		}),
	);
});

test('nobody signs while the presence of somebody is unknown, and nobody signs a record that was taken over (SIT-03, R1-19)', () => {
	fc.assert(
		fc.property(standing, (now) => {
			const out = after('sign', now);
			if (now.unknownAttendance > 0 || now.takenOver) expect(out).toHaveProperty('refused');
		}),
	);
	const ready: Standing = {
		state: 'internalReview',
		unknownAttendance: 0,
		held: true,
		takenOver: false,
		signaturesMissing: 0,
		preliminaryPublication: true,
		partsUnapproved: 1,
		openObjections: 0,
		reason: '',
		shown: false,
	};
	expect(after('sign', ready)).toEqual({ state: 'signed' });
	expect(after('sign', { ...ready, unknownAttendance: 1 })).toEqual({ refused: 'unknownAttendance' });
	expect(after('sign', { ...ready, takenOver: true })).toEqual({ refused: 'takenOver' });
});

test('corrections and taking back always carry a reason', () => {
	fc.assert(
		fc.property(standing, fc.constantFrom<Act>('correct', 'withdraw'), (now, what) => {
			if (!now.reason.trim()) expect(after(what, now)).toHaveProperty('refused');
		}),
	);
});

test('nothing is published that is not signed, nor before approval where the profile does not allow it', () => {
	fc.assert(
		fc.property(standing, (now) => {
			const out = after('publish', now);
			if ('refused' in out) return;
			expect(isFixed(now.state)).toBe(true);
			if (now.state === 'signed') expect(now.preliminaryPublication).toBe(true);
		}),
	);
});
