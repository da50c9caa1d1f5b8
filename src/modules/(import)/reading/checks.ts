import type { Ledger } from './found.ts';
import type { Content } from './types.ts';
import type { Quorum } from './quorum.ts';
import type { AttendanceNotes } from './attendance/entry.ts';
import { weekdayOf } from './dates.ts';

export type Evidence = { weekday: number | null; quorum: Quorum | null; attendance: AttendanceNotes | null };

/** Warns of contradictions inside the document; changes nothing. */
export function checkReading(content: Content, ledger: Ledger, evidence: Evidence): void {
	const at = (path: string) => {
		const span = ledger.spans[path];
		return span ? { start: span.start, end: span.end } : { start: null, end: null };
	};
	const warn = (code: Parameters<Ledger['warn']>[0], params: Record<string, string | number>, path: string) =>
		ledger.warnings.push({ code, params, ...at(path) });
	if (!content.date && (content.kind === 'minutes' || content.kind === 'invitation')) ledger.warn('date-missing');
	if (content.date && evidence.weekday && weekdayOf(content.date) !== evidence.weekday)
		warn(
			'weekday-differs',
			{ date: content.date, printed: evidence.weekday, computed: weekdayOf(content.date) },
			'/date',
		);
	if (content.start && content.end && content.end <= content.start)
		warn('end-before-start', { start: content.start, end: content.end }, '/end');
	if (evidence.quorum?.denied) ledger.warn('quorum-denied', {}, evidence.quorum.stated?.piece ?? null);
	const told = content.attendance.some((person) => person.voting !== null);
	const voting = content.attendance.filter((person) => person.voting ?? !told);
	const present = voting.filter((person) => person.status === 'present').length;
	const stated = content.quorum.votingPresent;
	if (stated !== null && voting.length && present !== stated)
		warn('quorum-differs', { stated, list: present }, '/quorum/votingPresent');
	content.votes.forEach((vote, i) => {
		const sum = (vote.yes ?? 0) + (vote.no ?? 0) + (vote.abstain ?? 0);
		const most = stated ?? (voting.length ? present : null);
		if (most && sum > most) warn('vote-exceeds-present', { sum, present: most }, `/votes/${i}/yes`);
		if (vote.unanimous && vote.no) warn('unanimous-with-no', { no: vote.no }, `/votes/${i}/no`);
	});
	for (const piece of evidence.attendance?.twice ?? []) ledger.warn('person-twice', { name: piece.text }, piece);
	for (const piece of evidence.attendance?.odd ?? []) ledger.warn('status-not-understood', { text: piece.text }, piece);
	for (const piece of evidence.attendance?.notUnderstood ?? [])
		ledger.warn('person-not-understood', { text: piece.text }, piece);
	sameSurnames(content, warn);
	agendaNumbers(content, warn);
	const paperDate = content.kind === 'paper' ? content.date : null;
	content.consultations.forEach((station, i) => {
		if (paperDate && station.date && station.date < paperDate)
			warn('consultation-before-paper', { paper: paperDate, consultation: station.date }, `/consultations/${i}/date`);
	});
}

type Warn = (code: Parameters<Ledger['warn']>[0], params: Record<string, string | number>, path: string) => void;

function sameSurnames(content: Content, warn: Warn): void {
	const seen = new Map<string, string>();
	content.attendance.forEach((person, i) => {
		const surname = person.name.split(' ').pop()!.toLowerCase();
		const other = seen.get(surname);
		if (other !== undefined && (person.name.split(' ').length < 2 || other.split(' ').length < 2))
			warn('same-name', { name: person.name, other }, `/attendance/${i}/name`);
		seen.set(surname, person.name);
	});
}

function agendaNumbers(content: Content, warn: Warn): void {
	let last = 0;
	const seen = new Set<string>();
	content.agenda.forEach((item, i) => {
		if (!item.number) return;
		if (seen.has(item.number)) warn('agenda-number-twice', { number: item.number }, `/agenda/${i}/number`);
		seen.add(item.number);
		const plain = /^\d+$/.test(item.number) ? Number(item.number) : null;
		if (plain === null) return;
		if (last && plain > last + 1) warn('agenda-number-gap', { from: last, to: plain }, `/agenda/${i}/number`);
		last = plain;
	});
}
