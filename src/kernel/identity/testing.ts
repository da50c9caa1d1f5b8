import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { runtime } from '../runtime.ts';
import { completeLink, inviteAccount, type LinkMail, type SendLinkMail } from './links.ts';
import type { SecondStepKey } from './second-step.ts';
import { cookieHeader, type SetCookie, type Visit } from './visit.ts';

/** Tests sign in more often than people do. */
export async function forgetAllTries(): Promise<void> {
	await runtime().pool.query('delete from auth.attempt');
}

let addresses = 0;

/** A browser as far as the sign-in sees it: it keeps cookies and has an address of its own. */
export class Browser {
	readonly origin: string;
	readonly address: string;
	readonly cookies = new Map<string, SetCookie>();
	userAgent = 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0';

	constructor(origin = 'http://elbstadt.test', address = `192.0.2.${++addresses}`) {
		this.origin = origin;
		this.address = address;
	}

	get visit(): Visit {
		const cookie = cookieHeader([...this.cookies.values()]);
		return {
			headers: new Headers({ cookie, 'user-agent': this.userAgent }),
			origin: this.origin,
			address: this.address,
		};
	}

	get headers(): Headers {
		return this.visit.headers;
	}

	/** Keeps the cookies of an answer and hands the answer on. */
	take<T extends { cookies: SetCookie[] }>(answer: T): T {
		for (const cookie of answer.cookies) {
			if (cookie.maxAge === 0) this.cookies.delete(cookie.name);
			else this.cookies.set(cookie.name, cookie);
		}
		return answer;
	}
}

/** A letter box: keeps mails instead of sending them. */
export class Letterbox {
	readonly mails: LinkMail[] = [];
	readonly send: SendLinkMail = async (mail) => void this.mails.push(mail);

	/** The token of the newest link. */
	get token(): string {
		return new URL(this.mails.at(-1)!.url).searchParams.get('schein')!;
	}
}

/** Signs in with a link. @returns the signed-in browser */
export async function signedIn(email: string, browser = new Browser()): Promise<Browser> {
	const box = new Letterbox();
	const { url } = await inviteAccount(
		{ email, name: email.split('@')[0]! },
		{ origin: browser.origin, send: box.send },
	);
	browser.take(await completeLink(browser.visit, new URL(url).searchParams.get('schein')!));
	return browser;
}

/** The code an authenticator app shows now, or `steps` half minutes later. */
export async function appCode(key: SecondStepKey, steps = 0): Promise<string> {
	const secret = Buffer.from(base32.decode(key.secret)).toString();
	return createOTP(secret).hotp(Math.floor(Date.now() / 30_000) + steps);
}
