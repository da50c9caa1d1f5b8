import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';

/**
 * The secret that signs cookies and encrypts what second steps are made of: `MITRAT_SECRET`, else the file
 * `auth-secret` of the data folder, made at first use. Several processes of one installation need the same one.
 * @throws UserError for a secret that is too short, or a file that can't be read
 */
export function identitySecret(dataDir: string, env: NodeJS.ProcessEnv = process.env): string {
	const given = env.MITRAT_SECRET?.trim();
	const secret = given || readOrMake(join(dataDir, 'auth-secret'));
	if (secret.length < 32) {
		throw new UserError(
			`${given ? 'MITRAT_SECRET' : 'Der Inhalt der Datei auth-secret'} muss mindestens 32 Zeichen haben.`,
		);
	}
	return secret;
}

function readOrMake(file: string): string {
	return read(file) ?? make(file);
}

function read(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'ENOENT') return undefined;
		throw new UserError(`Die Datei ${file} lässt sich nicht lesen (${code}).`, { cause: error });
	}
}

/** Two processes may start at once: a hard link is made only if there is none, so both end with the same secret. */
function make(file: string): string {
	const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
	try {
		writeFileSync(fresh, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 });
		chmodSync(fresh, 0o600);
		linkSync(fresh, file);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code !== 'EEXIST')
			throw new UserError(`Die Datei ${file} lässt sich nicht anlegen (${code}).`, { cause: error });
	} finally {
		rmSync(fresh, { force: true });
	}
	return read(file)!;
}

/** A key of its own for each purpose: what is hashed for one can't be compared with another. */
export function derivedKey(secret: string, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, 'mitrat', purpose, 32));
}

/** Salted hash of something that must not be stored as it is: an address, a code. */
export function keyedHash(key: Buffer, text: string): string {
	return createHmac('sha256', key).update(text).digest('base64url');
}

/** The value of a cookie that the library signed (`value.signature`), or undefined if the signature is not ours. */
export function signedValue(secret: string, cookie: string | undefined): string | undefined {
	const dot = cookie?.lastIndexOf('.') ?? -1;
	if (!cookie || dot < 1) return undefined;
	const value = cookie.slice(0, dot);
	const expected = createHmac('sha256', secret).update(value).digest();
	const signature = Buffer.from(cookie.slice(dot + 1), 'base64');
	return signature.length === expected.length && timingSafeEqual(signature, expected) ? value : undefined;
}
