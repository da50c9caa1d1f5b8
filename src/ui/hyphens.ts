/**
 * Where long German words may be broken. Browsers without a German dictionary break none, and a heading of a phone's width is then
 * torn anywhere. Compounds are joined by an s after certain endings, always; the joints of others have to be known.
 */
const ENDINGS = '(?:ungs|ions|heits|keits|schafts|täts|tums|lings)';
const KNOWN = [
	'daten-schutz',
	'schutz-beauftragt',
	'personal-angelegenheit',
	'migranten-organisation',
	'behinderten-gleich',
	'aufwands-ent',
	'landes-aufnahme',
	'tages-ordnung',
	'rats-information',
	'beschluss-kontrolle',
	'sammel-unterkunft',
	'gemeinde-ordnung',
	'gleichstellungs-gesetz',
	'arbeiter-wohlfahrt',
];
const SOFT = '\u00AD';
/** Of a heading on a phone of 320 px, so many letters find room in a line. */
const ROOM = 18;
const LONG = new RegExp(`\\p{L}{${ROOM},}`, 'gu');
const AFTER_ENDING = new RegExp(`(?<=\\p{L}{3}${ENDINGS})(?=\\p{L}{4})`, 'giu');
const JOINTS = KNOWN.map((word): [RegExp, string] => {
	const [first, second] = word.split('-') as [string, string];
	return [new RegExp(`(${first})(?=${second})`, 'giu'), `$1${SOFT}`];
});

/** @returns the German text with soft hyphens (U+00AD) in words too long for a phone; for what is seen only, never for mails and files */
export function softened(text: string): string {
	return text.replace(LONG, (word) =>
		JOINTS.reduce((soft, [joint, to]) => soft.replace(joint, to), word.replace(AFTER_ENDING, SOFT)),
	);
}

/** @returns the parts of a text between which it may be broken are none longer than this, in letters */
export function longestPart(text: string): number {
	return Math.max(0, ...[...softened(text).matchAll(/\p{L}+/gu)].map(([part]) => part.length));
}
