/**
 * What an accessibility statement says beyond its text: who checked when, and who helps if the town does not answer.
 * Presets per federal state; a town may set its own in `settings.accessibility`.
 */
export interface AccessibilityFacts {
	/** `full` and `partial` as the law words them; `none` if a check found too much. */
	status: 'full' | 'partial' | 'none';
	/** ISO days. */
	madeOn: string;
	checkedOn: string;
	law: string;
	/** ISO 8601 duration within which feedback has to be answered. */
	answerWithin: string;
	enforcement: { name: string; address: string; url: string };
}

/** Sachsen-Anhalt: BGG LSA §§ 16 to 16d; one month (§ 16b Abs. 4), then the Ombudsstelle (§ 16d). */
const SACHSEN_ANHALT: AccessibilityFacts = {
	status: 'partial',
	madeOn: '2026-11-21',
	checkedOn: '2026-11-21',
	law: '§§ 16 bis 16d des Behindertengleichstellungsgesetzes Sachsen-Anhalt (BGG LSA)',
	answerWithin: 'P1M',
	enforcement: {
		name: 'Ombudsstelle bei der Landesfachstelle für Barrierefreiheit Sachsen-Anhalt',
		address: 'c/o Unfallkasse Sachsen-Anhalt, Käsperstraße 31, 39261 Zerbst/Anhalt',
		url: 'https://www.lf-barrierefreiheit-st.de',
	},
};

/** Facts of a town: its own over those of its state (so far Sachsen-Anhalt for all). */
export function accessibilityFacts(own: Partial<AccessibilityFacts> | undefined): AccessibilityFacts {
	return { ...SACHSEN_ANHALT, ...own };
}

/** The last day for an answer to what came on `day`. */
export function answerDue(
	day: Temporal.PlainDate,
	{ answerWithin }: Pick<AccessibilityFacts, 'answerWithin'>,
): Temporal.PlainDate {
	return day.add(Temporal.Duration.from(answerWithin));
}
