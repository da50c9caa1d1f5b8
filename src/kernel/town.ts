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
	/** Responsible in the sense of press law, data protection officer, supervisory bodies. */
	imprint?: Record<string, string>;
}
