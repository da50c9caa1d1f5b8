import { numberOf } from './corpus.ts';
import { THEMES } from './themes.ts';

/** What a reader types and what should be found: names of documents or beginnings of names; any of them is right. */
export interface Question {
	asks: string;
	finds: string[];
	locale?: 'de' | 'en' | 'tr' | 'uk' | 'ar' | 'fa' | 'zh' | 'fr' | 'ro' | 'vi' | 'ru';
}

const at = (key: string) => THEMES.findIndex((theme) => theme.key === key);
const number = (letter: string, key: string) => numberOf(letter, at(key));
const q = (asks: string, ...finds: string[]): Question => ({ asks, finds });
const inTongue = (locale: NonNullable<Question['locale']>, asks: string, ...finds: string[]): Question => ({
	asks,
	finds,
	locale,
});

/** What people look for: the subject in their own words. */
const SUBJECTS = [
	q('Sprachkurs Kinderbetreuung', 'sprachkurs/'),
	q('Wartezeit Ausländerbehörde', 'wartezeit/'),
	q('Dolmetscher Arzt', 'dolmetscher/'),
	q('Frauenschwimmen Hallenbad', 'schwimmen/'),
	q('Schwimmzeiten für Frauen', 'schwimmen/'),
	q('muslimische Gräber', 'friedhof/'),
	q('Wahlrecht', 'wahlrecht/'),
	q('Polizeikontrollen am Bahnhof', 'polizei/'),
	q('Schulplatz neu zugezogen', 'schule/'),
	q('Anerkennung von Zeugnissen', 'anerkennung/'),
	q('Gesundheitskarte', 'gesundheit/'),
	q('Hebamme Übersetzung', 'hebamme/'),
	q('Geld für den Beirat Haushalt', 'haushalt/'),
	q('Satzungsänderung Amtszeit', 'satzung/'),
	q('Straßenfest Domplatz', 'interkulturell/'),
	q('Rassismus im Fußball', 'sport/'),
	q('WLAN Unterkunft', 'internet/'),
	q('Einbürgerungsfeier', 'einbuergerung/'),
	q('Frauenhaus', 'gewalt/'),
	q('Vertragsarbeiter Gedenktafel', 'denkmal/'),
	q('Nachtbus Gewerbepark', 'bus/'),
	q('Abschiebung Schule', 'abschiebung/'),
];

/** Other forms of the words that stand there. */
const FORMS = [
	q('Antrag Radfahrkurs', 'fahrrad/motion'),
	q('Sprachkurse', 'sprachkurs/'),
	q('Kleingarten', 'kleingarten/'),
	q('Impfbusse', 'impfen/'),
	q('Kennzahl', 'statistik/'),
	q('Erzieher mehrsprachig', 'kita/'),
	q('Pflegeheim', 'senioren/'),
	q('Bestattung', 'friedhof/'),
	q('Maßnahme nie begonnen', 'konzept/'),
	q('Brandanschläge', 'kriminalitaet/'),
	q('Weihnachtsmärkte', 'markt/'),
	q('Jugendclubs Neustadt', 'jugend/'),
];

/** A part of a compound. */
const PARTS = [
	q('Behörde Termine', 'wartezeit/'),
	q('Diskriminierung', 'diskriminierung/'),
	q('Friedhof', 'friedhof/'),
	q('Unterkunft', 'wohnung/', 'internet/'),
	q('Bibliothek', 'bibliothek/', 'lang/'),
	q('Ticket', 'bus/'),
	q('Tafel', 'denkmal/'),
	q('Konzept', 'konzept/', 'statistik/'),
	q('Anschlag', 'kriminalitaet/'),
	q('Gebühr', 'gesundheit/'),
	q('Portal', 'webseite/'),
	q('Werkstatt', 'body/kultur', 'konzept/'),
	q('Kammer', 'anerkennung/'),
];

/** However people are called. */
const GENDERS = [
	q('Erzieher*innen', 'kita/'),
	q('Sprachmittlerinnen', 'dolmetscher/'),
	q('Lots:innen', 'anerkennung/'),
	q('VertragsarbeiterInnen', 'denkmal/'),
	q('Beauftragter hauptamtlich', 'beauftragte/'),
	q('Bademeister', 'schwimmen/'),
	q('Ingenieur*innen Pakete', 'anerkennung/'),
	q('Streetworkerin', 'jugend/'),
	q('Sachbearbeiter_innen', 'wartezeit/'),
	q('Berater/-innen Dari', 'gewalt/'),
];

/** Typed in haste. */
const ERRORS = [
	q('Ausländerbehörte', 'wartezeit/'),
	q('Einbürgerrung', 'einbuergerung/'),
	q('Gesundheitskrate', 'gesundheit/'),
	q('Kindertagestätten', 'kita/'),
	q('Diskriminirung', 'diskriminierung/'),
	q('Weihnachtsmarckt', 'markt/'),
	q('Bibliotek', 'bibliothek/', 'lang/'),
	q('Hebame', 'hebamme/'),
	q('Wahlrehct', 'wahlrecht/'),
	q('Gedenktaffel', 'denkmal/'),
];

/** Umlauts as keyboards have them. */
const KEYBOARDS = [
	q('Auslaenderbehoerde', 'wartezeit/'),
	q('kleingarten fur alle', 'kleingarten/'),
	q('EINBUERGERUNG', 'einbuergerung/'),
	q('Strassenfest', 'interkulturell/'),
	q('Sukran Yildiz', 'body/frauen'),
	q('wisniewski', 'body/kultur'),
	q('nguyen thi hoa', 'body/kultur'),
];

/** Numbers however typed. */
const NUMBERS = [
	q(number('A', 'wartezeit'), 'wartezeit/motion'),
	q(number('A', 'bus').toLowerCase().replace('/', ' / '), 'bus/motion'),
	q(number('S', 'fahrrad').replace(/^S0*/, 's '), 'fahrrad/statement'),
	q(number('F', 'kita').replace('/', '-'), 'kita/inquiry'),
	q(number('I', 'konzept').replace('/', '/20'), 'konzept/report'),
	q(number('A', 'denkmal').replace('A', 'A/'), 'denkmal/motion'),
	q(`Antrag ${number('A', 'sport')}`, 'sport/motion', 'sport/statement', 'sport/inquiry'),
	q(number('S', 'markt').replace('S', 'S-'), 'markt/statement'),
];

/** Words in quotes, words left out, beginnings. */
const SIGNS = [
	q('"häuslicher Gewalt"', 'gewalt/'),
	q('„Einfacher Sprache“', 'amtsdeutsch/'),
	q('Übersetzung -Beirat -Hebamme', 'webseite/'),
	q('Frauen -Hallenbad -Frauenhaus Rad', 'fahrrad/'),
	q('Integrationsber*', 'statistik/'),
	q('"interkulturelle Woche"', 'interkulturell/'),
];

/** A kind, a day, a place, a name. */
const FACTS = [
	q('Stellungnahme Schwimmzeiten', 'schwimmen/statement'),
	q('Bericht Impfbus', 'impfen/report'),
	q('Lindenhof', 'place/lindenhof', 'body/frauen'),
	q('Amira Tadesse', 'body/kultur'),
	q('Rollstuhl Parkplatz', 'place/lindenhof'),
];

/** Other languages than German, some without their marks. */
const TONGUES = [
	inTongue('en', 'refugee advice meeting', 'lang/en'),
	inTongue('tr', 'ISPARTA komşu', 'lang/tr'),
	inTongue('uk', 'українські громади', 'lang/uk'),
	inTongue('ar', 'الدورة', 'lang/ar'),
	inTongue('fa', 'کلاس دوچرخه سواری', 'lang/fa'),
	inTongue('zh', '移民', 'lang/zh'),
	inTongue('fr', 'reunion famille', 'lang/fr'),
];

export const QUESTIONS: Question[] = [
	...SUBJECTS,
	...FORMS,
	...PARTS,
	...GENDERS,
	...ERRORS,
	...KEYBOARDS,
	...NUMBERS,
	...SIGNS,
	...FACTS,
	...TONGUES,
];
