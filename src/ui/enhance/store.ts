/** Reads from the reader's own device; a browser may forbid it, then nothing is remembered. */
export function recall(key: string): string | null {
	try {
		return localStorage.getItem(`mitrat.${key}`);
	} catch {
		return null;
	}
}

/** Keeps a text on the reader's own device; null forgets it. Says whether it was kept. */
export function remember(key: string, text: string | null): boolean {
	try {
		if (text === null) localStorage.removeItem(`mitrat.${key}`);
		else localStorage.setItem(`mitrat.${key}`, text);
		return true;
	} catch {
		return false;
	}
}
