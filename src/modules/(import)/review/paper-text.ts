import type { Content, Reading } from '../reading/types.ts';

/** A paper as reviewed: with its wording, which the reading leaves in the document. */
export type PaperContent = Content & { operative?: string | null; reasons?: string | null };

/** The form head stands within so many lines. */
const HEAD_LINES = 60;
/** What the form head consists of; a date or a name may stand at the end of the document, too. */
const HEAD = /^\/(?:number|paperType|title|department|consultations\/)/;
const PERHAPS_HEAD = /^\/(?:date|originator|refersTo)/;

const OPERATIVE =
	/^(?:[IVX\d]{1,4}[.)]\s*)?(?:Beschluss(?:vorschlag|entwurf|antrag|text|empfehlung)?|Antrag(?:stext)?|Empfehlung)\s*:?$/iu;
const OPENING = /^(?:Der|Die|Das)\s.{2,70}?\s(?:möge|wolle|beschließt|empfiehlt)(?!\p{L})|möge\s+beschließen\s*:?$/iu;
const REASONS =
	/^(?:[IVX\d]{1,4}[.)]\s*)?(?:Begründung|Sachverhalt|Sachdarstellung|Sach- und Rechtslage|Ausgangslage|Anlass|Erläuterung(?:en)?|Finanzielle Auswirkungen|Problem(?:beschreibung|stellung).{0,40})\s*:?$/iu;
const REASONS_INLINE = /^Begründung\s*:\s+(?=\S)/iu;
/** Its whole text is what it says; motions that it quotes are part of that. */
const SAYS = /stellungnahme|antwort|information|mitteilung|bericht|brief|positionspapier|anfrage/iu;
/** Who works on it and how to reach them is no part of the wording. */
const CLERK =
	/^(?:Sach)?(?:bearbeite(?:r|rin|t)|Ansprechpartner(?:in)?|Auskunft(?:\s+erteilt)?|Tel(?:efon)?|E-?Mail)\b/iu;
const CLOSING =
	/^(?:In\s+Vertretung|Im\s+Auftrag|I\.\s?[AV]\.|Mit\s+freundlichen\s+Grüßen|gez\.|Unterzeichnet\s+von)/iu;

/**
 * The content with operative text and reasons, as proposed for review: what stands below the form head, without signatures, divided at
 * the usual headings. What a reviewer changed stays.
 */
export function withPaperText(content: PaperContent, text: string, reading: Reading): PaperContent {
	if (content.kind !== 'paper' && content.kind !== 'information') return content;
	if (content.operative !== undefined) return content;
	return { ...content, ...paperTextOf(text, reading) };
}

/** Operative text (rulebook R3-11: what is voted on) and reasons of an old paper; plain text, paragraphs apart by an empty line. */
export function paperTextOf(text: string, reading: Reading): { operative: string; reasons: string } {
	const lines = linesOf(text);
	const body = withoutSignature(lines.slice(endOfHead(lines, reading)), reading).filter(
		({ words }) => !CLERK.test(words),
	);
	const parts = { before: [] as string[], operative: [] as string[], reasons: [] as string[] };
	const divides = !SAYS.test(reading.paperType ?? '') && reading.kind !== 'information';
	let into: keyof typeof parts = 'before';
	for (const { words } of body) {
		const heading = divides ? headingOf(words) : null;
		if (heading) into = heading.into;
		const kept = heading ? heading.kept : words;
		if (kept !== null) parts[into].push(kept);
	}
	const joined = (list: string[]) =>
		list
			.join('\n')
			.replace(/\n{3,}/g, '\n\n')
			// Marks of a text that was Markdown; single stars are letters (Kolleg*innen).
			.replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1')
			.trim();
	const both = parts.operative.length > 0;
	return {
		operative: joined(both ? parts.operative : parts.before),
		reasons: joined(both ? [...parts.before, '', ...parts.reasons] : parts.reasons),
	};
}

interface Line {
	words: string;
	start: number;
	end: number;
}

function linesOf(text: string): Line[] {
	let start = 0;
	return text.split(/\r\n|[\n\f\r]/).map((raw) => {
		const line = {
			words: raw.replaceAll(/\s*\t\s*/g, ' | ').replace(/^[\s|]+|[\s|]+$/g, ''),
			start,
			end: start + raw.length,
		};
		start = line.end + (text.startsWith('\r\n', line.end) ? 2 : 1);
		return line;
	});
}

/** Index of the first line below the form head. */
function endOfHead(lines: readonly Line[], { spans }: Reading): number {
	const filled = lines.filter(({ words }) => words);
	const limit = filled[HEAD_LINES]?.start ?? Infinity;
	const inside = Object.entries(spans).filter(([, span]) => span.start < limit);
	const ends = inside.filter(([path]) => HEAD.test(path)).map(([, span]) => span.end);
	let end = Math.max(0, ...ends);
	for (const [path, span] of inside)
		if (PERHAPS_HEAD.test(path) && span.start < end + 40) end = Math.max(end, span.end);
	const at = lines.findIndex((line) => line.start >= end && end > 0);
	return end === 0 ? 0 : at < 0 ? lines.length : at;
}

function headingOf(words: string): { into: 'operative' | 'reasons'; kept: string | null } | null {
	if (OPERATIVE.test(words)) return { into: 'operative', kept: null };
	if (OPENING.test(words) && words.length < 140) return { into: 'operative', kept: words };
	if (REASONS_INLINE.test(words)) return { into: 'reasons', kept: words.replace(REASONS_INLINE, '') };
	if (REASONS.test(words)) return { into: 'reasons', kept: /^\P{L}*begründung/iu.test(words) ? null : words };
	return null;
}

/** Without closing words, the signing name and the office below it; annexes named behind them stay. */
function withoutSignature(lines: readonly Line[], { signatory, spans }: Reading): Line[] {
	const filled = lines.filter(({ words }) => words);
	const tail = filled[filled.length - 12]?.start ?? 0;
	const span = spans['/signatory'];
	const signed = signatory && span && span.start >= tail ? lines.findIndex((line) => line.end >= span.start) : -1;
	return lines.filter((line, index) => {
		if (line.start < tail) return true;
		if (CLOSING.test(line.words)) return false;
		return signed < 0 || index < signed || index > signed + 2 || !line.words || /^Anlage/iu.test(line.words);
	});
}
