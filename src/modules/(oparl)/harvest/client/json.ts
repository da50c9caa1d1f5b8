/** JSON as other systems send it. Pure. */

export interface ReadJson {
	value: unknown;
	/** What had to be mended. */
	faults: ('brokenJson' | 'mojibake')[];
}

/**
 * Reads JSON that need not be quite JSON: a byte order mark, another encoding than UTF-8, control characters inside of texts,
 * commas before a closing bracket.
 * @returns null for what is no JSON at all (a page of HTML)
 */
export function readJson(bytes: Uint8Array): ReadJson | null {
	const faults: ReadJson['faults'] = [];
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		text = new TextDecoder('windows-1252').decode(bytes);
		faults.push('mojibake');
	}
	try {
		return { value: JSON.parse(text), faults };
	} catch {
		// mended below
	}
	try {
		return { value: JSON.parse(mended(text)), faults: [...faults, 'brokenJson'] };
	} catch {
		return null;
	}
}

/** One walk that knows whether it is inside of a text. */
function mended(text: string): string {
	let made = '';
	let inside = false;
	for (let at = 0; at < text.length; at++) {
		const letter = text[at]!;
		if (!inside) {
			if (letter === ',' && /^\s*[}\]]/.test(text.slice(at + 1, at + 200))) continue;
			if (letter === '"') inside = true;
			made += letter;
			continue;
		}
		if (letter === '\\') {
			const next = text[at + 1] ?? '';
			const known = /["\\/bfnrt]/.test(next) || /^u[0-9a-fA-F]{4}/.test(text.slice(at + 1, at + 6));
			made += known ? letter + next : `\\\\`;
			if (known) at++;
			continue;
		}
		if (letter === '"') inside = false;
		made += letter < ' ' ? (letter === '\n' ? '\\n' : ' ') : letter;
	}
	return made.replace(/^\ufeff/, '').trim();
}
