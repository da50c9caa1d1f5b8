/** A town (OParl: Body) as requests know it. */
export interface Town {
	id: string;
	name: string;
	shortName: string;
	ags: string | null;
	timeZone: string;
	hosts: string[];
	demonstration: boolean;
	settings: TownSettings;
}

/** What a town decides about its face; everything has a default. */
export interface TownSettings {
	/** Accent colours as CSS colours for light and dark; checked for contrast when set. */
	accent?: { light: string; dark: string };
	/** Name of the council that the site's head shows, e.g. "Beirat für Integration und Migration". */
	councilName?: string;
	/** The home page's first sentence, in German; without it (and in other languages) the program has its own. */
	sentence?: string;
	/** Organisation id of the council body that the home page speaks of. */
	mainBodyId?: string;
	/** Contact of the managing office for imprint, accessibility statement and letters. */
	contact?: { office: string; street: string; postcode: string; city: string; email: string; phone: string };
	/**
	 * Lines of the legal pages, all optional: representedBy, responsible (press law), supervision, vatId,
	 * dataProtectionOfficer, dataProtectionAuthority, security (address to report weaknesses to).
	 */
	imprint?: Record<string, string>;
	/**
	 * Licence of the open data, of the German vocabulary: 'dl-zero-de/2.0', 'dl-by-de/2.0', 'cc-zero' or 'cc-by/4.0'; and the address
	 * by which GovData knows who delivers (DCAT-AP.de contributorID).
	 */
	openData?: { licence?: string; contributorId?: string };
	/** What the accessibility statement says otherwise than the preset of the state; days in ISO, `answerWithin` e.g. P1M. */
	accessibility?: {
		status?: 'full' | 'partial' | 'none';
		madeOn?: string;
		checkedOn?: string;
		law?: string;
		answerWithin?: string;
		enforcement?: { name: string; address: string; url: string };
	};
}
