import { type Text, slice } from '../text.ts';
import { type Found, derived, printed } from '../found.ts';
import { NUMBER, toNumber } from '../words.ts';

export type FoundVote = {
	item: Found<string> | null;
	text: Found<string>;
	yes: Found<number> | null;
	no: Found<number> | null;
	abstain: Found<number> | null;
	unanimous: Found<boolean>;
	/** True when the result stands behind a label such as "Abstimmungsergebnis:". */
	labelled: boolean;
	majority: boolean;
};

export type Figures = { yes: Found<number> | null; no: Found<number> | null; abstain: Found<number> | null };

export const CELL = 'Ja(?:-?\\s?Stimmen?)?|Dafür|Zustimmung(?:en)?|Pro|dafür|J|Für';

export const CELL_NO = 'Nein(?:-?\\s?Stimmen?)?|Dagegen|Gegenstimmen?|Ablehnung(?:en)?|Contra|Kontra|N|Gegen';

export const CELL_ABS = 'Enth(?:altung(?:en)?|\\.|alten)?|Stimmenthaltung(?:en)?|E';

const YES_AFTER = new RegExp(
	`(?<![\\p{L}\\d])(${NUMBER})\\s*(?:x\\s*)?(?:Ja-?\\s?-?(?:Stimmen?)?(?![\\p{L}])|dafür|Für-?Stimmen?|Stimmen?\\s+dafür|Zustimmungen|JA)(?![\\p{L}])`,
	'iu',
);

const NO_AFTER = new RegExp(
	`(?<![\\p{L}\\d])(${NUMBER})\\s*(?:x\\s*)?(?:Nein-?\\s?(?:Stimmen?)?(?![\\p{L}])|dagegen|Gegenstimmen?|Gegen-Stimmen?|Stimmen?\\s+dagegen|Ablehnungen|NEIN)(?![\\p{L}])`,
	'iu',
);

const ABS_AFTER = new RegExp(
	`(?<![\\p{L}\\d])(${NUMBER})\\s*(?:x\\s*)?(?:Stimm)?(?:enthaltung(?:en)?|Enth\\.?|Enthalt\\.)(?![\\p{L}])`,
	'iu',
);

const YES_WITH = new RegExp(
	`(?<!\\p{L})mit\\s+(${NUMBER})\\s+Stimmen(?!\\p{L})(?=.{0,20}(?:bei|gegen|und|,|angenommen|gewählt))`,
	'iu',
);

const TO = new RegExp(`(?<![\\p{L}\\d.:])(${NUMBER})\\s+(?:zu|gegen)\\s+(${NUMBER})\\s+Stimmen(?!\\p{L})`, 'iu');

const YES_BEFORE = /(?<![\p{L}])(?:Ja(?:-?\s?Stimmen?)?|Dafür|Zustimmung(?:en)?|J)\s*[:=]?\s*(\d{1,3})(?![\d.:/])/iu;

const NO_BEFORE =
	/(?<![\p{L}])(?:Nein(?:-?\s?Stimmen?)?|Dagegen|Gegenstimmen?|Ablehnung(?:en)?|N)\s*[:=]?\s*(\d{1,3})(?![\d.:/])/iu;

const ABS_BEFORE = /(?<![\p{L}])(?:Stimm)?(?:Enthaltung(?:en)?|Enth\.?|E)\s*[:=]?\s*(\d{1,3})(?![\d.:/])/iu;

const TRIPLE = /(?<![\d.:/])(\d{1,3})\s?[:/]\s?(\d{1,3})\s?[:/]\s?(\d{1,3})(?![\d.:/])/;

const DASHED = /(?<![\d.:/])(\d{1,2})\s?[-–]\s?(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d.:/])/;

const PAIR = /(?<![\d.:/])(\d{1,3})\s?:\s?(\d{1,3})(?![\d.:/]|\s?Uhr)/;

const NO_NO = /(?:ohne|keine)\s+(?:Gegenstimmen?|Nein-?Stimmen?)/iu;

const NO_ABS =
	/(?:ohne|keine)\s+(?:Stimm)?enthaltung(?:en)?|ohne\s+(?:Gegenstimmen?|Nein-?Stimmen?)\s+und\s+(?:ohne\s+)?(?:Stimm)?enthaltung/iu;

export const UNANIMOUS = /(?<!nicht\s)einstimmig(?:e[rns]?|keit)?(?![\p{L}])|(?<!\p{L})einmütig|Einstimmigkeit/iu;

export const MAJORITY =
	/(?<![\p{L}])(?:mehrheitlich(?:e[rns]?)?|(?:mit\s+)?(?:Stimmen)?[Mm]ehrheit(?!swahl))(?![\p{L}])/iu;

export const DECIDED =
	/(?:beschl(?:ossen|ießt|ießen|oss)|angenommen|bestätigt|zugestimmt|zustimm|stimm(?:t|en)|gewählt|abgelehnt|genehmigt|verabschiedet|empf(?:iehlt|ohlen|ehlen)|gebilligt|entlastet|Entlastung|berufen|benannt|nominiert|abgestimmt|Annahme|Ablehnung|votiert|spricht\s+sich|sprechen\s+sich|Beschluss|Votum|festgelegt|festgestellt|akzeptiert)/iu;

export function hasFigures(text: string): boolean {
	return (
		TO.test(text) ||
		YES_WITH.test(text) ||
		YES_AFTER.test(text) ||
		NO_AFTER.test(text) ||
		ABS_AFTER.test(text) ||
		(YES_BEFORE.test(text) && NO_BEFORE.test(text)) ||
		(TRIPLE.test(text) && /stimm|beschl|angenommen|abgelehnt/i.test(text))
	);
}

export function voteIn(piece: Text, labelled: boolean): FoundVote | null {
	const figures = figuresIn(piece, labelled);
	const unanimous = UNANIMOUS.exec(piece.text);
	const majority = MAJORITY.exec(piece.text);
	if (!figures.yes && !figures.no && !figures.abstain && !unanimous && !majority) return null;
	if (unanimous && figures.yes && !figures.no) {
		// "Einstimmig (39 Ja)": nobody against, and no abstention is printed.
		figures.no = {
			...derived(0, slice(piece, unanimous.index, unanimous.index + unanimous[0].length), 'doubtful', 'derived'),
		};
		figures.abstain ??= { ...figures.no };
	}
	const where = unanimous ? slice(piece, unanimous.index, unanimous.index + unanimous[0].length) : piece;
	return {
		item: null,
		text: printed(piece),
		...figures,
		unanimous: derived(!!unanimous, where),
		labelled,
		majority: !!majority,
	};
}

function figuresIn(piece: Text, labelled: boolean): Figures {
	const { text } = piece;
	const take = (patterns: readonly RegExp[], zero: RegExp | null): Found<number> | null => {
		for (const pattern of patterns) {
			const match = pattern.exec(text);
			const value = match && toNumber(match[1]!);
			if (match && value !== null) {
				const at = match.index + match[0].indexOf(match[1]!);
				return derived(value!, slice(piece, at, at + match[1]!.length));
			}
		}
		const none = zero?.exec(text);
		return none ? derived(0, slice(piece, none.index, none.index + none[0].length)) : null;
	};
	const before = YES_BEFORE.test(text) && (NO_BEFORE.test(text) || ABS_BEFORE.test(text)) && !/^\s*\d/.test(text);
	const figures: Figures = {
		yes: take(before ? [YES_BEFORE, YES_AFTER] : [YES_AFTER, YES_BEFORE, YES_WITH], null),
		no: take(before ? [NO_BEFORE, NO_AFTER] : [NO_AFTER, ...(labelled ? [NO_BEFORE] : [])], NO_NO),
		abstain: take(before ? [ABS_BEFORE, ABS_AFTER] : [ABS_AFTER, ...(labelled ? [ABS_BEFORE] : [])], NO_ABS),
	};
	if (figures.yes || figures.no || figures.abstain) return figures;
	const triple = TRIPLE.exec(text) ?? (labelled ? DASHED.exec(text) : null);
	if (triple && (labelled || DECIDED.test(text))) {
		const [yes, no, abstain] = [1, 2, 3].map((n) =>
			derived(Number(triple[n]), slice(piece, triple.index, triple.index + triple[0].length)),
		);
		return { yes: yes!, no: no!, abstain: abstain! };
	}
	const pair = (labelled ? PAIR.exec(text) : null) ?? TO.exec(text);
	if (pair) {
		const [yes, no] = [1, 2].map((n) =>
			derived(toNumber(pair[n]!) ?? 0, slice(piece, pair.index, pair.index + pair[0].length)),
		);
		return { yes: yes!, no: no!, abstain: null };
	}
	return figures;
}
