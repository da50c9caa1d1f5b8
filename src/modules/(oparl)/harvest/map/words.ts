/** Words of other systems and what they mean here. Pure. */
import { OUTCOMES, RESULTS as OWN_RESULTS } from '../../project/result-words.ts';

export type OrganisationType = 'committee' | 'party' | 'group' | 'department' | 'external' | 'institution' | 'other';

const ORGANISATION_TYPES: Record<string, OrganisationType> = {
	gremium: 'committee',
	partei: 'party',
	fraktion: 'group',
	verwaltungsbereich: 'department',
	'externes gremium': 'external',
	institution: 'institution',
	sonstiges: 'other',
};

/** The specification's word, else what name and classification sound like. */
export function organisationType(said: {
	organizationType: string;
	classification: string;
	name: string;
}): OrganisationType {
	const known = ORGANISATION_TYPES[said.organizationType.toLowerCase()];
	if (known) return known;
	for (const words of [said.organizationType, said.classification, said.name]) {
		if (/fraktion|gruppe\b/i.test(words)) return 'group';
		if (/partei\b/i.test(words)) return 'party';
		if (
			/ausschuss|rat\b|beirat|beiräte|kommission|versammlung|gremium|kreistag|gemeinderat|senat|vorstand/i.test(words)
		)
			return 'committee';
		if (/\bamt\b|fachbereich|dezernat|verwaltung|abteilung|referat|stabsstelle/i.test(words)) return 'department';
	}
	return 'other';
}

/** A council decides; a committee prepares; an advisory board recommends. */
export function bodyKind({ name, classification }: { name: string; classification: string }): {
	kind: 'council' | 'committee';
	advisory: boolean;
} {
	const words = `${classification} ${name}`;
	if (/beirat|integrationsrat|migrationsrat|ausländerrat/i.test(words)) return { kind: 'council', advisory: true };
	if (
		/\b(stadt|gemeinde|kreis|markt|ort|bezirks|stadtbezirks)?(rat|tag|vertretung)\b|stadtverordnete|bürgerschaft/i.test(
			words,
		)
	)
		return { kind: 'council', advisory: false };
	return { kind: 'committee', advisory: false };
}

const POSTS: [RegExp, string, string][] = [
	[/^(stellv|stv|\d\. ?stellv|vize).*(vorsitz|sprecher|präsident)/i, 'deputyChair', 'stellvertretender Vorsitz'],
	[/vorsitz|^präsident|^vorsteher/i, 'chair', 'Vorsitz'],
	[/^vorstand/i, 'board', 'Vorstand'],
	[/geschäftsführ/i, 'managingOffice', 'Geschäftsführung'],
	[/sprecher/i, 'speaker', 'Sprecherin oder Sprecher'],
];

const KINDS: [RegExp, 'member' | 'substitute' | 'advisory', string][] = [
	[/^(vertret|stellvertretendes mitglied|stellvertreter|stellv\. mitglied|ersatz)/i, 'substitute', 'Vertretung'],
	[/beratend|sachkundig|sachverständ/i, 'advisory', 'beratendes Mitglied'],
	[/^(ordentliches |stimmberechtigtes )?mitglied/i, 'member', 'Mitglied'],
];

/** @returns what the role is here, and the source's word where it says more; `known` is false for "unbekannt" and the like */
export function membershipRole(role: string): {
	kind: 'member' | 'substitute' | 'advisory';
	post: string | null;
	label: string;
	known: boolean;
} {
	if (!role || /^(unbekannt|unknown|n\/?a|keine|-+|\?+|ohne)$/i.test(role))
		return { kind: 'member', post: null, label: '', known: false };
	const post = POSTS.find(([word]) => word.test(role));
	if (post) return { kind: 'member', post: post[1], label: role === post[2] ? '' : role, known: true };
	const kind = KINDS.find(([word]) => word.test(role));
	if (kind) return { kind: kind[1], post: null, label: role === kind[2] ? '' : role, known: true };
	return { kind: 'member', post: null, label: role, known: true };
}

const RESULTS: [RegExp, string][] = [
	[/^gewählt/i, 'elected'],
	[/^bestätigt/i, 'confirmed'],
	[/^ohne abstimmung/i, 'withoutVote'],
	[/^erledigt/i, 'settled'],
	[/nicht (angenommen|beschlossen|zugestimmt)|abgelehnt|ablehnung/i, 'rejected'],
	[/zurückgezogen/i, 'withdrawn'],
	[/zurückgestellt/i, 'parked'],
	[/vertagt|verschoben|abgesetzt/i, 'postponed'],
	[/verwiesen|überwiesen/i, 'referred'],
	[/(?<!un)(geändert|modifiziert)|mit änderung/i, 'adoptedChanged'],
	[/zur kenntnis|kenntnisnahme|kenntnis genommen/i, 'noted'],
	[/angenommen|beschlossen|zugestimmt|empfohlen|einstimmig|mehrheitlich|genehmigt/i, 'adopted'],
];

/** @returns the result here, and the source's words where they say more or are not understood */
export function itemResult(said: string): { result: string | null; note: string } {
	if (!said) return { result: null, note: '' };
	const exact = Object.entries(OWN_RESULTS).find(([, word]) => word === said)?.[0];
	if (exact) return { result: exact, note: '' };
	return { result: RESULTS.find(([word]) => word.test(said))?.[1] ?? null, note: said };
}

/** The result of a station in this program's words; null for others. */
export function stationResult(said: string): string | null {
	return Object.entries(OUTCOMES).find(([, word]) => word === said)?.[0] ?? null;
}

export type StationRole = 'hearing' | 'advisory' | 'information' | 'deciding';

/** @returns null for a word that says nothing */
export function stationRole(role: string): StationRole | null {
	if (/entscheid|beschlussfassung|beschließend|^beschluss/i.test(role)) return 'deciding';
	if (/anhör/i.test(role)) return 'hearing';
	if (/kenntnis|information|mitteilung|bericht/i.test(role)) return 'information';
	if (/berat|empfehl|vorberat/i.test(role)) return 'advisory';
	return null;
}

/** State of a session: what is over was held, whatever the source calls it. */
export function sessionState(said: string, isPast: boolean): 'planned' | 'invited' | 'takenOver' {
	if (/eingeladen|einladung/i.test(said)) return 'invited';
	if (/terminiert|geplant|vorgesehen/i.test(said)) return 'planned';
	return isPast || /durchgeführt|beendet|abgeschlossen|stattgefunden/i.test(said) ? 'takenOver' : 'planned';
}
