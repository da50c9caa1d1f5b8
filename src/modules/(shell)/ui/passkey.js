/**
 * Passkeys need the browser's own window, so this is the one part of signing in that needs a script. It is served as it
 * stands here. A part marked `data-passkey-part` stays hidden where the browser knows no passkeys; its button says which
 * ceremony (`get` or `create`), whom to ask for options, whom to tell, and where to go then.
 */
/** @param {string} path @param {unknown} body */
async function post(path, body) {
	const response = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const answer = await response.json();
	if (answer.goTo) location.assign(answer.goTo);
	if (!response.ok) throw new Error(String(response.status));
	return answer;
}

/** @param {HTMLElement} part @param {HTMLButtonElement} button */
async function run(part, button) {
	const { passkey, begin = '', finish = '', next = '' } = button.dataset;
	const failed = part.querySelector('[data-passkey-failed]');
	failed?.setAttribute('hidden', '');
	button.disabled = true;
	try {
		const options = await post(begin, {});
		const credential =
			passkey === 'get'
				? await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
				: await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
		const name = part.querySelector('input')?.value ?? '';
		await post(finish, { response: /** @type {PublicKeyCredential} */ (credential).toJSON(), name });
		location.assign(next);
	} catch {
		failed?.removeAttribute('hidden');
		button.disabled = false;
		button.focus();
	}
}

if (typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function') {
	for (const part of document.querySelectorAll('[data-passkey-part]')) {
		const button = part.querySelector('[data-passkey]');
		button?.addEventListener('click', () =>
			run(/** @type {HTMLElement} */ (part), /** @type {HTMLButtonElement} */ (button)),
		);
		part.removeAttribute('hidden');
	}
}
