import type { Audience } from '../changes/audience.ts';

/** One findable thing. Texts are plain; `weight` A text ranks before B before C. */
export interface SearchDocument {
	kind: string;
	id: string;
	audience: Audience;
	/** BCP 47 tag of the text's language; official texts are 'de'. */
	language: string;
	title: string;
	/** Second most important words: numbers, names of bodies, topics. */
	keywords: string[];
	body: string;
	/** Path of its page without language prefix, e.g. /sitzungen/12. */
	href: string;
	/** Narrows the audience to members and office of this council body (registry.organisation id). */
	organisationId?: string | null;
	/** Day it belongs to, for facets and order. */
	date: Temporal.PlainDate | null;
	/** By name (kind and year are added): a value, or several. */
	facets: Record<string, string | string[]>;
}
