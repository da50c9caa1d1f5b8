import { RSABSSA } from '@cloudflare/blindrsa-ts';

/**
 * Blind signatures as RFC 9474 has them (RSABSSA-SHA384-PSS-Randomized), for the server and for the member's device: the
 * device hides its token in a number, the server signs the number without learning the token, the device takes the hiding away.
 */
const suite = RSABSSA.SHA384.PSS.Randomized({ supportsRSARAW: false });
const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };

/** A key pair of 2048 bits for one ballot, both parts in base64url (SPKI, PKCS 8). */
export async function newBallotKeys(): Promise<{ publicKey: string; privateKey: string }> {
	const pair = await suite.generateKey({ publicExponent: Uint8Array.from([1, 0, 1]), modulusLength: 2048 });
	return {
		publicKey: toText(await crypto.subtle.exportKey('spki', pair.publicKey)),
		privateKey: toText(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
	};
}

/** What the device keeps until it has its signature. All parts in base64url. */
export interface BlindedToken {
	token: string;
	blinded: string;
	inverse: string;
}

/** A new random token, hidden. */
export async function blindToken(publicKey: string): Promise<BlindedToken> {
	const token = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
	const { blindedMsg, inv } = await suite.blind(await publicOf(publicKey), token);
	return { token: toText(token), blinded: toText(blindedMsg), inverse: toText(inv) };
}

/** The server's part. @throws Error for a number that does not fit the key */
export async function signBlinded(privateKey: string, blinded: string): Promise<string> {
	const key = await crypto.subtle.importKey('pkcs8', fromText(privateKey), algorithm, true, ['sign']);
	return toText(await suite.blindSign(key, fromText(blinded)));
}

/** Takes the hiding away. @throws Error when the server's answer is no signature of this token */
export async function unblind(publicKey: string, blind: BlindedToken, signed: string): Promise<string> {
	const key = await publicOf(publicKey);
	return toText(await suite.finalize(key, fromText(blind.token), fromText(signed), fromText(blind.inverse)));
}

/** Was this token signed with the ballot's key? Anything that isn't even a signature is none. */
export async function isSigned(publicKey: string, token: string, signature: string): Promise<boolean> {
	try {
		return await suite.verify(await publicOf(publicKey), fromText(signature), fromText(token));
	} catch {
		return false;
	}
}

function publicOf(key: string): Promise<CryptoKey> {
	return crypto.subtle.importKey('spki', fromText(key), algorithm, true, ['verify']);
}

function toText(bytes: ArrayBuffer | Uint8Array): string {
	const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromText(text: string): Uint8Array<ArrayBuffer> {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
