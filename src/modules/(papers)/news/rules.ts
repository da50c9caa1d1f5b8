/** What the public can know of a paper, as far as a letter is worth it. Pure. */
export interface PaperFacts {
	/** ISO instant. */
	publishedAt: string;
	/** Number of the version in force. */
	version: number;
	withdrawn: boolean;
	/** Number of the newest paper that answers it; null while there is none. */
	answeredBy: string | null;
	/** What the deciding station said; null while it has not. */
	result: string | null;
}

export type PaperNews = 'new' | 'changed' | 'withdrawn' | 'answered' | 'decided';

/**
 * What is new since readers were told last. A paper that was out long before anybody looked is no news; a new one is told once, with
 * all that happened to it until then.
 * @param since ISO instant: what was published before it is no news
 */
export function paperNewsOf(told: PaperFacts | null, now: PaperFacts, since: string): PaperNews[] {
	if (!told) return !now.withdrawn && now.publishedAt >= since ? ['new'] : [];
	const news: PaperNews[] = [];
	if (now.withdrawn && !told.withdrawn) return ['withdrawn'];
	if (now.result !== null && now.result !== told.result) news.push('decided');
	if (now.answeredBy !== null && now.answeredBy !== told.answeredBy) news.push('answered');
	if (now.version > told.version) news.push('changed');
	return news;
}

/** Whether what the last look saw still stands: who presses the wrong button has a quarter of an hour. */
export function paperSettled(seen: PaperFacts | null, now: PaperFacts): boolean {
	const values = ({ publishedAt, version, withdrawn, answeredBy, result }: PaperFacts) =>
		JSON.stringify([publishedAt, version, withdrawn, answeredBy, result]);
	return seen !== null && values(seen) === values(now);
}
