import type { Kind } from './types.ts';
import type { Line } from './lines.ts';

const MINUTES =
	/(?:^|[\s(])(?:(?:ergebnis|kurz|verlaufs|beschluss|wort|sitzungs|besprechungs|gesprächs|gedächtnis|arbeits|gründungs|wahl|ratsprotokoll|teil)?(?:protokoll|niederschrift)(?:s|es|auszug)?|kurzniederschrift|protokollauszug|sitzungsbuch(?:es)?|beschlussbuch(?:es)?|sitzungsbericht|beschlussauszug|gesprächsnotiz|gesprächsvermerk|aktennotiz)(?=$|[\s:.,–)-])/i;
const INVITATION =
	/(?:^|\s)(?:einladung|bekanntmachung|einberufung|öffentliche\s+sitzung)(?=$|[\s:.,–-])|\b(?:eingeladen|lade(?:n)?\s+(?:ich|wir)\s|lädt\s|laden\s.{0,40}ein\b)|^Tagesordnung\s+(?:für|der|zur)\b/i;
const PAPER =
	/^(?:(?:interfraktioneller?|gemeinsamer?|dringlicher?|öffentliche[rs]?|schriftliche|kleine|große|mündliche)\s+)?(?:antrag|anfrage|[\p{L}]*änderungsantrag|ergänzungsantrag|dringlichkeitsantrag|prüfantrag|initiativantrag|eilantrag|haushaltsantrag|[\p{L}]*vorlage|drucksache|[\p{L}]*stellungnahme|information|mitteilung|beantwortung|antwort|bericht|positionspapier|resolution|empfehlung|offener brief|begründung)(?:$|[\s:.,-])/iu;
const PAPER_NUMBER =
	/\b(?:Vorlagen?|Drucksachen?|DS|Drs|Antrags?|Anfragen?|Stellungnahme|Informations?|Beschlussvorlage|BV|VO)[- ]?(?:Nr|Nummer)\b/i;
const DOCUMENTATION =
	/(?:^|\s)(?:\p{L}*dokumentation|ergebnisdokumentation|veranstaltungsbericht|fotodokumentation|tagungsbericht|workshopbericht|werkstattbericht|ergebnisbericht|fotoprotokoll|auswertung)(?=$|[\s:.,–-])/iu;

/** "Anfrage gemäß § 28 der Geschäftsordnung", "Antrag der Fraktion …" at the start of a line. */
const LEGAL = /^\S+\s+(?:gemäß|gem\.|nach|laut|der\s+\S*[Ff]raktion|des\s+\S*(?:[Bb]eirat|[Rr]at)e?s|zur?\s)/u;

export type KindResult = { kind: Kind; reason: 'cue' | 'no-cue' | 'too-short' | 'empty-form'; line: Line | null };

/** What sort of document this is, from its first lines; "unknown" rather than a guess. */
export function readKind(lines: readonly Line[], name: string): KindResult {
	const letters = lines.reduce((sum, line) => sum + line.text.length, 0);
	if (letters < 60 || lines.length < 2) return { kind: 'unknown', reason: 'too-short', line: null };
	if (emptyForm(lines)) return { kind: 'unknown', reason: 'empty-form', line: null };
	const head = lines.slice(0, 40);
	const score: Record<'minutes' | 'invitation' | 'paper' | 'documentation', number> = {
		minutes: 0,
		invitation: 0,
		paper: 0,
		documentation: 0,
	};
	let cue: Line | null = null;
	head.forEach((line, i) => {
		const weight = i < 12 ? 3 : 1.5;
		const text = line.text;
		const title = text.length < 200;
		const add = (kind: keyof typeof score, points: number) => {
			if (points && (!cue || points > 3)) cue = line;
			score[kind] += points;
		};
		if (
			title &&
			MINUTES.test(text) &&
			!/(?:genehmigung|bestätigung|annahme|bestätigen)\s/i.test(text) &&
			!/^(?:\d|TOP)/.test(text)
		)
			add(
				'minutes',
				/^(?:\W*)(?:\p{L}*protokoll|\p{L}*niederschrift|auszug)(?![^:]{0,12}:)/iu.test(text)
					? weight + (i < 8 ? 6 : 2)
					: /:\s*\p{L}/u.test(text)
						? 1
						: weight,
			);
		if (INVITATION.test(text) && !/^TOP/.test(text))
			add(
				'invitation',
				/^\W*(?:einladung|bekanntmachung)|^.{0,24}\beinladung$/i.test(text) ? weight + (i < 10 ? 5 : 2) : weight - 0.5,
			);
		if (title && PAPER.test(text) && text.length < 90 && !/stimm|enth/i.test(text))
			add('paper', /^\S+(?:\s\S+)?(?:\s\S+)?$/.test(text) ? weight + 1 : LEGAL.test(text) ? weight - 0.5 : 1);
		else if (line.row && i < 10 && line.cells.some((cell) => PAPER.test(cell.text) && cell.text.length < 40))
			add('paper', weight);
		if (i < 30 && /^(?:Betr\.?|Betreff|Betrifft)\s*:?\s.{0,60}(?:[Aa]ntrag|[Aa]nfrage)/u.test(text))
			add('paper', weight);
		if (PAPER_NUMBER.test(text) && i < 20) add('paper', weight);
		if (title && DOCUMENTATION.test(text)) add('documentation', weight + (i < 6 ? 3 : 0));
	});
	score.minutes +=
		evidence(
			lines,
			/^(?:Anwesen(?:d|heit)|Teilnehme|Entschuldigt|Es fehl|Abwesend|Beginn:|Sitzungsbeginn|Ende der Sitzung|Sitzungsende|Vorsitz|Protokoll(?:führ|ant)?)/i,
			0.8,
			3,
		) +
		evidence(
			lines,
			/\b(?:stellt.{0,60}Beschlussfähigkeit|beschlussfähig|eröffnet die|einstimmig|wird festgestellt|Abstimmungsergebnis)/i,
			0.8,
			3,
		);
	score.invitation += evidence(lines.slice(0, 60), /^Tagesordnung\b/i, 1, 1);
	score.paper += evidence(
		lines,
		/^(?:Begründung|Beschlussvorschlag|Beschlussantrag|Sachverhalt|Finanzielle Auswirkungen|Kurzfassung|Beratungsfolge|Sachdarstellung|Der\s.{3,30}(?:möge|wolle)\s+beschließen)/i,
		1.5,
		4,
	);
	score.paper += evidence(
		lines,
		/^(?:Ich|Wir)\s+(?:frage|beantrage)n?\b|^(?:Ich|Wir)\s+bitten?\s+um\s+(?:schriftliche\s+)?Beantwortung|\bfolgende[nr]?\s+(?:Antrag|Anfrage|Änderungsantrag)\b|fragen\s+wir\b|^Frage\s+\d/i,
		1.5,
		3,
	);
	score.documentation +=
		evidence(
			lines,
			/^(?:Zum?\s+)?(?:Handlungsfeld|Themenfeld|Thementisch|Themeninsel|Arbeitsgruppe|AG|Workshop|Station|Tisch)\s+\d/i,
			0.6,
			3,
		) + evidence(lines, /moderationskarten|handlungsansätze/i, 0.6, 2);
	if (/\b(?:protokoll|niederschrift)/i.test(name)) score.minutes += 1;
	const [best, second] = (Object.entries(score) as [Kind, number][]).sort((a, b) => b[1] - a[1]) as [
		[Kind, number],
		[Kind, number],
	];
	if (best[1] < 3 || best[1] === second[1]) {
		if (best[1] >= 3) return { kind: best[0], reason: 'cue', line: cue };
		return { kind: looksInformative(lines) ? 'information' : 'unknown', reason: 'no-cue', line: null };
	}
	return { kind: best[0], reason: 'cue', line: cue };
}

function evidence(lines: readonly Line[], pattern: RegExp, points: number, most: number): number {
	let hits = 0;
	for (const line of lines) if (hits < most && pattern.test(line.text)) hits++;
	return hits * points;
}

/** Labels without values: a blank form. */
function emptyForm(lines: readonly Line[]): boolean {
	if (lines.length > 60) return false;
	const blank = lines.filter((line) => /:[\s_.…]*$|_{3,}|\.{4,}|…{2,}/.test(line.text)).length;
	const prose = lines.filter((line) => line.text.split(' ').length > 12).length;
	return blank >= 4 && blank / lines.length > 0.6 && prose < 2;
}

/** A leaflet, list or plan of a town: enough German words of the field, though no form we know. */
function looksInformative(lines: readonly Line[]): boolean {
	const text = lines
		.slice(0, 80)
		.map((line) => line.text)
		.join(' ');
	const hits = new Set(
		(
			text
				.toLowerCase()
				.match(
					/\b(?:stadt|gemeinde|landkreis|integration\p{L}*|migration\p{L}*|beirat\p{L}*|förderung|projekt\p{L}*|geflüchtete\p{L}*|anlage|haushalt|zuschuss|träger|verwaltung|information\p{L}*|dezernat|büro|amt)\b/gu,
				) ?? []
		).map((w) => w.slice(0, 6)),
	);
	return hits.size >= 4;
}
