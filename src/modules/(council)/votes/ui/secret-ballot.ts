import { blindToken, unblind, type BlindedToken } from '../blind.ts';

/**
 * A member's secret ballot in the browser. First the device makes a token, has it signed without showing it, and keeps it; later
 * it puts the ballot into the box, without cookie or account. Nothing of it is kept once it lies there.
 */
interface Kept extends BlindedToken {
	signature?: string;
}

const root = document.querySelector<HTMLElement>('[data-secret-ballot]');
if (root) begin(root);

function begin(root: HTMLElement): void {
	const { ballot = '', state, issue = '', publicKey = '' } = root.dataset;
	const store = `mitrat-ballot-${ballot}`;
	const show = (name: string) => {
		for (const part of root.querySelectorAll<HTMLElement>('[data-part]')) part.hidden = part.dataset.part !== name;
	};
	const say = (text: string) => {
		const place = root.querySelector<HTMLElement>('[data-says]');
		if (place) place.textContent = text;
	};
	const failed = root.dataset.failed ?? '';
	const kept = read(store);
	if (state === 'issuing') show(kept?.signature ? 'have' : 'fetch');
	else show(kept?.signature ? 'cast' : 'lost');

	root.querySelector('[data-act=fetch]')?.addEventListener('click', () => {
		say('');
		fetchToken(store, publicKey, issue).then(
			() => show('have'),
			(error: unknown) => say(wordsOf(error) || failed),
		);
	});
	root.querySelector<HTMLFormElement>('form[data-act=cast]')?.addEventListener('submit', (event) => {
		event.preventDefault();
		const choice = new FormData(event.currentTarget as HTMLFormElement).get('choice');
		const token = read(store);
		if (typeof choice !== 'string' || !token?.signature) return;
		say('');
		cast(`/wahlurne/${ballot}`, { token: token.token, signature: token.signature, choice }).then(
			() => {
				localStorage.removeItem(store);
				show('thanks');
			},
			(error: unknown) => say(wordsOf(error) || failed),
		);
	});
}

/** The same hidden token is sent again after a lost answer; the server signs it again, and no other. */
async function fetchToken(store: string, publicKey: string, issue: string): Promise<void> {
	const blind: Kept = read(store) ?? (await blindToken(publicKey));
	localStorage.setItem(store, JSON.stringify(blind));
	const { signed } = await post(issue, { blinded: blind.blinded }, 'same-origin');
	const signature = await unblind(publicKey, blind, signed ?? '');
	localStorage.setItem(store, JSON.stringify({ ...blind, signature }));
}

async function cast(address: string, ballot: Record<string, string>): Promise<void> {
	await post(address, ballot, 'omit');
}

class Refused extends Error {}

async function post(
	address: string,
	body: Record<string, string>,
	credentials: RequestCredentials,
): Promise<{ signed?: string }> {
	const answer = await fetch(address, {
		method: 'POST',
		credentials,
		referrerPolicy: 'no-referrer',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const said = (await answer.json()) as { signed?: string; message?: string };
	if (!answer.ok) throw new Refused(said.message ?? '');
	return said;
}

/** What the server said, in the page's language; nothing for a failure of the network. */
function wordsOf(error: unknown): string {
	return error instanceof Refused ? error.message : '';
}

function read(store: string): Kept | undefined {
	try {
		const text = localStorage.getItem(store);
		return text ? (JSON.parse(text) as Kept) : undefined;
	} catch {
		return undefined;
	}
}
