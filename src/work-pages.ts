/**
 * Pages that only people at work open, by their address. Their texts exist in German and English only (`messages/work`), so that
 * readers of other languages get them in German, as a whole. `tests/contract/tongues.test.ts` holds this list to what visitors
 * may open and to the texts of each page.
 */
const WORK_PAGES = new Set([
	'/barrierefreiheit/rueckmeldungen',
	'/berichtspflichten/erinnerungen',
	'/berichtspflichten/neu',
	'/beschlusskontrolle/nichtoeffentlich',
	'/betrieb',
	'/datenschutz/verzeichnis',
	'/einberufung',
	'/einbindung',
	'/einbindung/[id]',
	'/einbindung/beteiligung',
	'/einbindung/beteiligung/[id]',
	'/einbindung/kontakte',
	'/einbindung/neu',
	'/einbindung/regeln',
	'/einbindung/statistik',
	'/einbindung/vertretung',
	'/einlesen',
	'/einlesen/[id]',
	'/einlesen/stapel/[id]',
	'/fraktionen',
	'/freigaben',
	'/gremien/[slug]/anwesenheit',
	'/gremien/[slug]/bearbeiten',
	'/gremien/[slug]/bewerbungen',
	'/gremien/[slug]/einstieg',
	'/gremien/[slug]/funktionen',
	'/gremien/[slug]/neue-wahlperiode',
	'/gremien/[slug]/niederschriften',
	'/gremien/[slug]/regeln',
	'/gremien/[slug]/sitze',
	'/gremien/[slug]/vorlage',
	'/gremien/[slug]/wahlperiode',
	'/gremien/[slug]/zusagen',
	'/gremien/anlegen',
	'/gremium-gruenden',
	'/konto',
	'/konto/passwort',
	'/konto/zweiter-schritt',
	'/mitarbeit',
	'/offene-daten/lizenz',
	'/personen',
	'/personen/[id]',
	'/personen/[id]/loeschen',
	'/personen/[id]/zugang',
	'/personen/rollenregeln',
	'/protokollierung',
	'/sitzungen/[slug]/abstimmung/[vote]',
	'/sitzungen/[slug]/abstimmungen',
	'/sitzungen/[slug]/einladung',
	'/sitzungen/[slug]/notizen',
	'/sitzungen/[slug]/planung',
	'/sitzungen/[slug]/tagesordnung',
	'/sitzungen/[slug]/verlauf',
	'/sitzungen/neu',
	'/stellungnahmen/fristen',
	'/systeme',
	'/terminfindung',
	'/terminfindung/[id]',
	'/tisch',
	'/verwaltung',
	'/vorlagen/[slug]/aenderungen/neu',
	'/vorlagen/[slug]/aenderungen/zusammenfuehren',
	'/vorlagen/[slug]/bearbeiten',
	'/vorlagen/[slug]/weg',
	'/vorlagen/arten',
	'/vorlagen/neu',
	'/vorlagen/stadtteile',
]);

/** @param routeId as the router knows it, with the folders of modules; null where there is no such page */
export function isWorkPage(routeId: string | null): boolean {
	return routeId !== null && WORK_PAGES.has(addressOf(routeId));
}

/** `/(shell)/personen/[id]` is `/personen/[id]`. */
function addressOf(routeId: string): string {
	return routeId.replaceAll(/\/\([^)]+\)/g, '') || '/';
}
