/** Words by which documentations of events name fields of action and their parts. */

const WORD =
	'(?:Handlungsfelde?(?:er)?|Handlungs-\\s?feld|Themenfeld|Themeninsel|Thementisch|Thema|Tisch|Arbeitsgruppe|AG|Workshop|Station|Forum|Block|Schwerpunkt|Leitthema|HF|Gruppe|Runde|Stellwand|Feld|Baustein)';
export const FIELD = new RegExp(
	`^(?:Zu[mr]?\\s+)?(${WORD})\\s*(?:Nr\\.\\s*)?(\\d{1,2}|[A-H]|[IVX]{1,4})(?![\\p{L}\\d])\\s*[:.)–—-]*\\s*(.*)$`,
	'iu',
);
export const GUIDELINES =
	/^(?:\p{L}+\s)?(?:leitlinien?|leitsatz|leitsätze|grundsätze|leitziele?|ziele|zielsetzung(?:en)?|leitgedanken)(?![\p{L}])/iu;
export const APPROACHES =
	/^(?:\p{L}+\s)?(?:handlungsansätze|ansätze|maßnahmen(?:ideen|vorschläge)?|handlungsempfehlungen|umsetzungsideen|ansatzpunkte|lösungsansätze|nächste schritte|vorhaben)(?![\p{L}])/iu;
export const CARDS =
	/moderationskarten|^(?:karten|kärtchen|stellwand|pinnwand|ideen(?:sammlung)?|anregungen|hinweise|rückmeldungen|beiträge|stichpunkte|wortmeldungen|notizen|metaplan|ergebnisse der diskussion|auf den karten)(?![\p{L}])/iu;
export const OTHER =
	/^(?:diskussionsschwerpunkte|diskussion|zusammenfassung|anlage|fazit|ausblick|einleitung|ablauf|inhalt|begrüßung|präambel|zu dieser dokumentation|teilnehm|impressum|zur\s+präambel|vorwort|kontakt|presse|schlusswort)/i;
export const CHECK = /[✓✔☑•▪■●*–-]/;
