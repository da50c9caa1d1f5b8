import type { Template } from './template.server.ts';

/** What a body starts with; the words are those of the record and can be changed on the body's template page. */
export const DEFAULT_TEMPLATE: Omit<Template, 'isDefault' | 'lines' | 'guests'> = {
	titlePattern: '{nummer}. {art} Sitzung {jahr}',
	numbering: 'year',
	start: '17:00',
	minutes: 120,
	placeId: null,
	mode: 'room',
	reminderDays: [7, 1],
};

const line = (key: string, kind: Template['lines'][number]['kind'], title: string, reviewsTasks = false) => ({
	id: key,
	kind,
	title,
	public: true,
	closedCode: '' as const,
	closedBasis: '',
	neutralTitle: '',
	reporterOfficeId: null,
	reporterText: '',
	reporter: '',
	reviewsTasks,
});

/** Formal opening steps, review of tasks where some are open, "Verschiedenes" (SIT-04, SIT-15, SIT-19). */
export const DEFAULT_LINES: Template['lines'] = [
	line('eroeffnung', 'opening', 'Eröffnung und Feststellung der Beschlussfähigkeit'),
	line('tagesordnung', 'opening', 'Bestätigung der Tagesordnung'),
	line('aufgaben', 'topic', 'Offene Aufgaben aus der vorigen Sitzung', true),
	line('verschiedenes', 'anyOther', 'Verschiedenes'),
];

/** Titles of items that the program puts on by itself; German, because they stand in the record. */
export const AUTO_TITLES = {
	approval: (day: string) => `Bestätigung der Niederschrift der Sitzung vom ${day}`,
	announcement: 'Bekanntgabe nichtöffentlich gefasster Beschlüsse',
	chairElection: 'Wahl des Vorsitzes',
	urgent: (title: string) => title,
};

/** The reason in the words that stand on the public page. */
export const CLOSED_WORDS: Record<string, string> = {
	personnel: 'Personalangelegenheit',
	individual: 'berechtigte Interessen Einzelner',
	property: 'Grundstücksgeschäft',
	procurement: 'Vergabe',
	commonGood: 'Wohl der Allgemeinheit',
	other: 'gesetzlicher Grund',
};

/** What strangers read of why an item is closed: reason and legal basis. */
export function closedReason(code: string, basis: string): string {
	return [CLOSED_WORDS[code] ?? '', basis.trim()].filter(Boolean).join(', ');
}
