import { type Line, toLines } from './lines.ts';
import { type Field, readFields } from './labels.ts';
import { readKind } from './kind.ts';
import { readSession } from './session.ts';
import { joinParagraphs, readAgenda, type Agenda } from './agenda.ts';
import { readAttendance } from './attendance/read.ts';
import { readQuorum } from './quorum.ts';
import { readVotes } from './votes.ts';
import { readTasks } from './tasks.ts';
import { readAnnounced, readNextDates, type FoundNext } from './next-dates.ts';
import { readReferences } from './numbers.ts';
import { readPaper } from './papers/read.ts';
import { readDocumentation } from './documentation.ts';
import { readEvent } from './event.ts';
import { type Found, Ledger } from './found.ts';
import { checkReading } from './checks.ts';
import type { Content, Reading, SourceDocument } from './types.ts';
import type { Text } from './text.ts';

/**
 * Reads one document of local government: minutes, invitation, paper or event documentation.
 * Never throws; what is not understood stays null or empty and is told in `warnings`. Works in linear time.
 * @param doc its file name (a hint only) and its text: lines in reading order, a blank line between paragraphs, cells of a
 *   table row parted by TAB, U+2028 inside a cell, U+000C between pages; plain text and markdown as they come.
 * @returns the content as in the public JSON format, with the passage of each value (`spans`, JSON pointer → offsets into
 *   `doc.text`) and structured warnings.
 */
export function readDocument(doc: SourceDocument): Reading {
	const lines = toLines(doc.text);
	const ledger = new Ledger();
	const content = blank();
	const { kind, reason, line } = readKind(lines, doc.name);
	content.kind = kind;
	if (reason === 'too-short') ledger.warn('text-too-short', { characters: doc.text.trim().length });
	else if (reason === 'empty-form') ledger.warn('form-empty');
	else if (kind === 'unknown') ledger.warn('kind-unknown');
	if (kind !== 'unknown') {
		const fields = readFields(lines);
		if (line) ledger.put('/kind', { value: kind, piece: line, confidence: 'sure' });
		if (kind === 'minutes' || kind === 'invitation') readMeeting(content, ledger, lines, fields, kind === 'invitation');
		else if (kind === 'paper') readPaperInto(content, ledger, lines, fields);
		else readEventInto(content, ledger, lines, line, kind === 'documentation');
		if (/~~[^~\n]+~~/.test(doc.text)) ledger.warn('struck-text');
	}
	return { ...content, warnings: ledger.warnings, spans: ledger.spans };
}

function blank(): Content {
	return {
		kind: 'unknown',
		municipality: null,
		body: null,
		title: null,
		sessionNumber: null,
		date: null,
		start: null,
		end: null,
		location: null,
		public: null,
		chair: null,
		minutesTaker: null,
		attendance: [],
		quorum: { stated: false, votingPresent: null },
		agenda: [],
		votes: [],
		tasks: [],
		nextDates: [],
		paperReferences: [],
		number: null,
		paperType: null,
		department: null,
		originator: null,
		refersTo: [],
		signatory: null,
		consultations: [],
		fields: [],
	};
}

function readMeeting(
	content: Content,
	ledger: Ledger,
	lines: readonly Line[],
	fields: readonly Field[],
	invitation: boolean,
): void {
	const agenda = readAgenda(lines, invitation);
	const head = readSession(lines, fields, agenda.start, invitation);
	const attendance = invitation ? null : readAttendance(lines, agenda);
	head.chair ??= officerOf(attendance, /^(?:(?:sitzungs|versammlungs)?leitung|vorsitz\p{L}*)$/iu);
	head.minutesTaker ??= officerOf(
		attendance,
		/^(?:(?:für\s+(?:das|die)\s+)?(?:protokoll|schriftführ|niederschrift)\p{L}*)$/iu,
	);
	head.chair = fullName(head.chair, attendance);
	head.minutesTaker = fullName(head.minutesTaker, attendance);
	putScalars(content, ledger, head);
	if (attendance) putAttendance(content, ledger, attendance.list);
	const quorum = invitation ? null : readQuorum(lines);
	content.quorum = {
		stated: ledger.put('/quorum/stated', quorum?.stated) ?? false,
		votingPresent: ledger.put('/quorum/votingPresent', quorum?.votingPresent),
	};
	putAgenda(content, ledger, agenda);
	if (!invitation) {
		putVotes(content, ledger, lines, agenda);
		const year = content.date ? Number(content.date.slice(0, 4)) : null;
		putEntries(content, ledger, 'tasks', readTasks(lines, agenda, year), ['item', 'who', 'what', 'due']);
	}
	putNext(
		content,
		ledger,
		readNextDates(lines, content.date, (line) => line.index < Math.min(12, agenda.start)),
	);
	putList(content, ledger, 'paperReferences', readReferences(lines, [], agenda, invitation));
	checkReading(content, ledger, { weekday: head.weekday, quorum, attendance: attendance?.notes ?? null });
}

/** The one in the attendance list whose function is to chair or to take the minutes. */
function officerOf(attendance: ReturnType<typeof readAttendance> | null, role: RegExp): Found<string> | null {
	const one = attendance?.list.find(
		(person) => role.test(person.role?.value ?? '') && person.status.value === 'present',
	);
	return one ? { ...one.name, confidence: 'doubtful', note: 'position' } : null;
}

/** A short sign ("NH") stands for the one person of the list whose names begin with these letters. */
function fullName(
	sign: Found<string> | null,
	attendance: ReturnType<typeof readAttendance> | null,
): Found<string> | null {
	if (!sign || !/^\p{Lu}{2,3}$/u.test(sign.value)) return sign;
	const fitting = attendance?.list.filter((person) => {
		const words = person.name.value.split(/[\s-]+/).filter((word) => !/^(?:Dr|Prof)\.?$/.test(word));
		return words.length > 1 && words[0]![0] === sign.value[0] && words.at(-1)![0] === sign.value.at(-1);
	});
	return fitting?.length === 1
		? { ...sign, value: fitting[0]!.name.value, confidence: 'doubtful', note: 'derived' }
		: sign;
}

function readPaperInto(content: Content, ledger: Ledger, lines: readonly Line[], fields: readonly Field[]): void {
	const paper = readPaper(lines, fields);
	putScalars(content, ledger, paper);
	for (const key of ['number', 'paperType', 'department', 'originator', 'signatory'] as const)
		content[key] = ledger.put(`/${key}`, paper[key]);
	putList(content, ledger, 'refersTo', paper.refersTo);
	putEntries(content, ledger, 'consultations', paper.consultations, ['body', 'date', 'public', 'role']);
	putList(content, ledger, 'paperReferences', readReferences(lines, paper.number ? [paper.number] : [], null, false));
	putNext(
		content,
		ledger,
		readAnnounced(lines, paragraphs(lines), content.date ?? content.consultations[0]?.date ?? null),
	);
	if (!content.number) ledger.warn('paper-number-missing');
	checkReading(content, ledger, { weekday: null, quorum: null, attendance: null });
}

function readEventInto(
	content: Content,
	ledger: Ledger,
	lines: readonly Line[],
	cue: Line | null,
	documented: boolean,
): void {
	const head = readEvent(lines, cue, documented);
	putScalars(content, ledger, head);
	if (documented) {
		readDocumentation(lines).forEach((field, i) => {
			content.fields.push({
				number: ledger.put(`/fields/${i}/number`, field.number),
				title: ledger.put(`/fields/${i}/title`, field.title)!,
				guidelines: field.guidelines.map((one, n) => ledger.put(`/fields/${i}/guidelines/${n}`, one)!),
				approaches: field.approaches.map((one, n) => ledger.put(`/fields/${i}/approaches/${n}`, one)!),
				cards: field.cards.map((one, n) => ledger.put(`/fields/${i}/cards/${n}`, one)!),
			});
		});
	}
	putList(content, ledger, 'paperReferences', readReferences(lines, [], null, false));
}

const SCALARS = [
	'municipality',
	'body',
	'title',
	'sessionNumber',
	'date',
	'start',
	'end',
	'location',
	'public',
	'chair',
	'minutesTaker',
] as const;

function putScalars(
	content: Content,
	ledger: Ledger,
	head: Partial<Record<(typeof SCALARS)[number], Found<unknown> | null>>,
): void {
	for (const key of SCALARS) {
		const value = ledger.put(`/${key}`, head[key]);
		if (value !== null) (content as Record<string, unknown>)[key] = value;
	}
}

function putAttendance(content: Content, ledger: Ledger, list: ReturnType<typeof readAttendance>['list']): void {
	list.forEach((person, i) => {
		const at = `/attendance/${i}`;
		content.attendance.push({
			name: ledger.put(`${at}/name`, person.name)!,
			org: ledger.put(`${at}/org`, person.org),
			role: ledger.put(`${at}/role`, person.role),
			group: ledger.put(`${at}/group`, person.group),
			voting: ledger.put(`${at}/voting`, person.voting),
			status: ledger.put(`${at}/status`, person.status)!,
			substituteFor: ledger.put(`${at}/substituteFor`, person.substituteFor),
			from: ledger.put(`${at}/from`, person.from),
			until: ledger.put(`${at}/until`, person.until),
		});
	});
}

function putAgenda(content: Content, ledger: Ledger, agenda: Agenda): void {
	agenda.items.forEach((item, i) => {
		content.agenda.push({
			number: ledger.put(`/agenda/${i}/number`, item.number),
			title: ledger.put(`/agenda/${i}/title`, item.title)!,
			text: ledger.put(`/agenda/${i}/text`, item.text),
		});
	});
}

function putVotes(content: Content, ledger: Ledger, lines: readonly Line[], agenda: Agenda): void {
	readVotes(lines, agenda).forEach((vote, i) => {
		const at = `/votes/${i}`;
		content.votes.push({
			item: ledger.put(`${at}/item`, vote.item),
			text: ledger.put(`${at}/text`, vote.text)!,
			yes: ledger.put(`${at}/yes`, vote.yes),
			no: ledger.put(`${at}/no`, vote.no),
			abstain: ledger.put(`${at}/abstain`, vote.abstain),
			unanimous: ledger.put(`${at}/unanimous`, vote.unanimous)!,
		});
	});
}

function putNext(content: Content, ledger: Ledger, list: readonly FoundNext[]): void {
	putEntries(content, ledger, 'nextDates', list, ['date', 'start', 'end', 'title', 'location']);
}

function putEntries(
	content: Content,
	ledger: Ledger,
	key: 'tasks' | 'nextDates' | 'consultations',
	list: readonly object[],
	keys: readonly string[],
): void {
	(content as Record<string, unknown>)[key] = list.map((entry, i) =>
		Object.fromEntries(
			keys.map((name) => [
				name,
				ledger.put(`/${key}/${i}/${name}`, (entry as Record<string, Found<unknown> | null>)[name]),
			]),
		),
	);
}

function putList(
	content: Content,
	ledger: Ledger,
	key: 'paperReferences' | 'refersTo',
	list: readonly Found<string>[],
): void {
	content[key] = list.map((found, i) => ledger.put(`/${key}/${i}`, found)!);
}

function paragraphs(lines: readonly Line[]): Text[] {
	const out: Text[] = [];
	for (let i = 0; i < lines.length;) {
		let j = i + 1;
		while (j < lines.length && lines[j]!.gap === 0 && !lines[j]!.bullet) j++;
		out.push(joinParagraphs(lines.slice(i, j)));
		i = j;
	}
	return out;
}
