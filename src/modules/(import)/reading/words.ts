// Small vocabularies of German local government, shared by the readers.

const UNITS =
	'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig'.split(
		' ',
	);
const NUMBERS = new Map<string, number>(UNITS.map((word, i) => [word, i]));
for (const word of ['eine', 'einer', 'einem', 'eins', 'einen']) NUMBERS.set(word, 1);
for (const word of ['keine', 'kein', 'keiner', 'ohne']) NUMBERS.set(word, 0);
['einundzwanzig', 'zweiundzwanzig', 'dreiundzwanzig', 'vierundzwanzig', 'fünfundzwanzig'].forEach((word, i) =>
	NUMBERS.set(word, 21 + i),
);
NUMBERS.set('dreißig', 30);

/** Regular-expression source for a printed number: figures or a German number word up to thirty. */
export const NUMBER = `(?:\\d{1,3}|${[...NUMBERS.keys()].sort((a, b) => b.length - a.length).join('|')})`;

export function toNumber(word: string): number | null {
	const clean = word.trim().toLowerCase();
	if (/^\d{1,3}$/.test(clean)) return Number(clean);
	return NUMBERS.get(clean) ?? null;
}

/** Names of parties and lists: never a person. */
export const PARTY =
	/^(?:CDU|CSU|SPD|FDP|F\.D\.P\.|AfD|AFD|BSW|ÖDP|ödp|FW|FWG|UWG|BfB|Die PARTEI|SSW|NPD|ÖVP|SPÖ|FPÖ|NEOS|KPÖ|KULT|Volt|Piraten(?:partei)?|Tierschutzpartei|Gartenpartei|Tierschutzallianz|(?:die\s+)?linken?\.?|(?:die\s+)?(?:bündnis\s?90\s?\/?\s?(?:die\s+)?)?grünen?(?:\s?[-/]\s?future!?)?|b(?:ü|ue)ndnis\s?(?:19)?90.*|b90.*|freie\s+w(?:ä|ae)hler.*|bunte\s+liste.*|liste\s.*|wählergruppe.*|wg\s.*|fraktion.*|.*fraktion|parteilos|fraktionslos|einzelmitglied)$/iu;

const ORG_SUFFIX =
	/(?:amt|ämter|dezernat|fachbereich|fachdienst|referat|abteilung|büro|stellen?|verwaltung|behörde|fraktion|partei|beirat|beirats|beirates|ausschuss|ausschuß|ausschusses|netzwerk|verband|verein|vereine|zentrum|schule|universität|kreises|gruppen?|initiative|agentur|kammer|polizei|ministerium|stiftung|kommission|verbund|dienste?|beratung|zeitung|organisation(?:en)?|vertretung|gewerkschaft|akademie|institut|fonds|moschee|gemeinschaft|genossenschaft|geschäftsstelle|sitzung|mitglieder|teilnehmer(?:innen)?|nachrücker(?:innen)?|halle|saal|straße|betrieb|werke)$/iu;
const ORG_WHOLE =
	/^(?:amt|stab|ob|fb|fd|dez|rat|rates|land|kreis|bund|gast|gäste|haus|raum|saal|team|tisch|platz|werk|club|treff|forum|union|liga|allianz|kirche|caritas|diakonie|awo|drk|jobcenter|e\.?\s?v\.?|ev|ggmbh|gmbh|ug|ag|kg|presse|projekt|region|mitglied|leitung|bevölkerung|öffentlichkeit|geschäftsführung|sonstige|weitere|niemand|alle|keine|stabsstellen?|arbeitskreis|arbeitsgruppe|runder|gesellschaft|hochschule|ressort|bibliothek|volkshochschule|vhs|diakonisches|bereich|fachbereich|fachdienst|sachgebiet|referat|internetseite|lokalredaktion|redaktion|sprecher(?:in)?|förderverein|bürgerverein|flüchtlingsrat|integrationsrat|stadtrat|gemeinderat|kreistag|verwaltungsrat|migrantenrat|ortsrat|jugendrat)$/iu;
/** Words that name bodies, offices and organisations rather than persons. */
export function isOrgWord(word: string): boolean {
	return ORG_WHOLE.test(word) || ORG_SUFFIX.test(word);
}

/** Honorifics and offices that stand before a name. */
export const SALUTATION = /^(?:herrn?|frau|hr|fr|mr|mrs|ms|dame)\.?$/i;
export const ACADEMIC =
	/^(?:dr|prof|ph\.?d|mag|dipl\.?-?\p{L}*|ing|med|phil|jur|habil|h\.?c|b\.?a|m\.?a|msc|bsc|ll\.?m|di|mba|rer|nat|pol|päd|med\.vet)\.?(?:-\p{L}+\.?)*$/iu;

const ROLE_WORDS =
	'(?:ober|alt|erste[rn]?\\s|zweite[rn]?\\s|vize|bezirks|orts|gemeinde|stadt|kreis|land|landes|verbands|integrations|gleichstellungs|migrations|ausländer|senioren|behinderten|stellvertretende[rn]?\\s|stellv\\.?\\s?|fraktions|beirats|ausschuss|ehren|sozial|fach|amts|dezernats|referats|bereichs|abteilungs|sachgebiets|team|projekt|geschäfts|schrift|protokoll|rats|stadtverordneten|bürger|kinder|jugend|büro|quartiers|netzwerk|ag-|vereins)*';
const ROLE_HEADS =
	'(?:bürgermeister|bürgermeisterin|(?:stadt|gemeinde|kreis|ortschafts|orts|bezirks|landes|regierungs|verwaltungs|sozial|ministerial|magistrats|amts|ober|bau|rechts|schul)(?:rat|rates)|rätin|rätinnen|räte|räten|verordneter?|verordneten|vertreter|vertreterin|beigeordnete[rn]?|dezernent|dezernentin|leiter|leiterin|leitung|beauftragte[rn]?|vorsitzende[rn]?|vorsitz|sprecher|sprecherin|koordinator|koordinatorin|koordinatoren|führer|führerin|referent|referentin|mitglied|direktor|direktorin|präsident|präsidentin|sekretär|sekretärin|arbeiter|arbeiterin|bearbeiter|bearbeiterin|einwohner|einwohnerin|moderator|moderatorin|moderation|manager|managerin|berater|beraterin|lotse|lotsin|vorstand|abgeordnete[rn]?|kämmerer|kämmerin|pfarrer|pfarrerin|imam|mentor|praktikantin?|assistentin?|assistenz|ratsfrau|ratsherrn?|ratsmitglied|senatorin?|landrat|landrätin|(?:stadtverordneten|kreistags|orts|bezirks|gemeinde)vorsteher(?:in)?|gemeindevertreter(?:in)?|sachverständige[rn]?|dolmetscher(?:in)?|(?:ober)?inspektor(?:in)?|amtmann|amtfrau|amtsrätin|schreiber|schreiberin|präsidium|pfarrer|diakon|diakonin|kassenwart(?:in)?|hospitantin?)';
/** One word that names an office or function ("Stadträtin", "Integrationsbeauftragter", "Fachbereichsleiterin"). */
export const ROLE = new RegExp(`^(?:\\p{L}+-)*${ROLE_WORDS}\\p{L}{0,24}?${ROLE_HEADS}\\.?$`, 'iu');
const SHORT_ROLE =
	/^(?:pfr|pfrin|pastor(?:in)?|stadtv|stv|stellv|stellvertr|vors|bgm|vbgm|obgm|ob|gr|str|skb|skE|sB|sE|rh|rf|mdl|mdb|rm)\.?$/iu;

export function isRoleWord(word: string): boolean {
	const clean = word.replace(/[,;:()*]+$/, '');
	if (SHORT_ROLE.test(clean)) return true;
	if (/^(?:mitglied|rat|gast|vorstand|leitung)$/i.test(clean)) return true;
	return clean.length >= 4 && clean.length < 60 && ROLE.test(clean);
}
