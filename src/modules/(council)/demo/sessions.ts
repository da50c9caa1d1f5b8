import type { DemoItem, DemoSession } from './session-words.ts';
import { AUTUMN } from './sessions-autumn.ts';
import { SPRING } from './sessions-spring.ts';

/** A year of the council of Elbstadt. Oldest first. */
export const SESSIONS: DemoSession[] = [...AUTUMN, ...SPRING];

/** The session to come: invited, agenda published. */
export const NEXT: DemoItem[] = [
	{ title: 'Eröffnung, Beschlussfähigkeit, Tagesordnung', kind: 'opening' },
	{ title: 'Niederschrift der vorigen Sitzung', kind: 'minutesApproval' },
	{ title: 'Dolmetschen im Bürgerbüro: Kosten und Beginn', kind: 'report', papers: ['A0142/26'] },
	{ title: 'Wartezeiten in der Ausländerbehörde', kind: 'report' },
	{ title: 'Unterkunft Hafenstraße: Stellungnahme der Verwaltung', papers: ['S0311/26'] },
	{ title: 'Arbeitsplan für das kommende Jahr' },
	{ title: 'Verschiedenes', kind: 'anyOther' },
];
