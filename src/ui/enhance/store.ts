const prefix = 'mitrat.';

/** Reads from the reader's own device; a browser may forbid it, then nothing is remembered. */
export function recall(key: string): string | null {
	try {
		return localStorage.getItem(prefix + key);
	} catch {
		return null;
	}
}

/** Keeps a text on the reader's own device; null forgets it. Says whether it was kept. */
export function remember(key: string, text: string | null): boolean {
	try {
		if (text === null) localStorage.removeItem(prefix + key);
		else localStorage.setItem(prefix + key, text);
		return true;
	} catch {
		return false;
	}
}

/** The keys remembered so far that begin like this. */
export function remembered(start: string): string[] {
	try {
		const all = Object.keys(localStorage).filter((key) => key.startsWith(prefix + start));
		return all.map((key) => key.slice(prefix.length));
	} catch {
		return [];
	}
}
