import { randomUUID } from 'node:crypto';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../../src/kernel/identity/accounts.ts';
import { inviteAccount } from '../../src/kernel/identity/links.ts';
import { appCode, forgetAllTries } from '../../src/kernel/identity/testing.ts';
import { startApp } from '../support/app.ts';
import { axeFindings } from '../support/axe.ts';

const PERSON = { email: 'amira.saleh@elbstadt.example', name: 'Amira Saleh' };
const PASSWORD = 'siebzehn Regenschirme im Wind';

const { url: base, database, newPage } = await startApp({ workers: 0 });
await database.sql('update kernel.town set demonstration = true');
await createAccount({ email: 'buero@demo.example', name: 'Jonas Brandt', demonstration: 'office' });

/** A page in a browser of its own. */
async function visitor(options: BrowserContextOptions = {}): Promise<Page> {
	await forgetAllTries();
	return newPage(options);
}

/** What a camera reads from the QR code on the page: its picture painted pixel by pixel and decoded. */
async function scan(page: Page): Promise<string> {
	const code = page.getByRole('img', { name: /QR-Code/ });
	const [, size] = /^0 0 (\d+) \1$/.exec((await code.getAttribute('viewBox'))!)!;
	const dark = (await code.locator('path').last().getAttribute('d'))!.matchAll(/M(\d+) (\d+)h1v1h-1z/g);
	const width = Number(size) * 4;
	const data = new Uint8ClampedArray(width * width * 4).fill(255);
	for (const [, x, y] of dark)
		for (let at = 0; at < 16; at++) data.fill(0, ...pixel(Number(x) * 4 + (at % 4), Number(y) * 4 + (at >> 2), width));
	return decodeQR({ width, height: width, data });
}

/** First and last of a pixel's three colours among the bytes of a picture. */
const pixel = (x: number, y: number, width: number): [number, number] => [(y * width + x) * 4, (y * width + x) * 4 + 3];

async function invitation(person = PERSON): Promise<string> {
	return (await inviteAccount(person, { origin: base, next: '/konto' })).url;
}

async function findings(page: Page): Promise<string[]> {
	return (await axeFindings(page)).map((finding) => `${page.url()} ${finding}`);
}

const cookieNames = async (context: BrowserContext) => (await context.cookies()).map(({ name }) => name);

describe('without any script', () => {
	test('the link of a mail survives a scanner, signs in by its button, and then is over', async () => {
		const page = await visitor({ javaScriptEnabled: false });
		const url = await invitation();
		for (let i = 0; i < 3; i++) expect((await page.request.get(url)).status()).toBe(200);
		await page.goto(url);
		expect(await page.textContent('main')).toContain(PERSON.email);
		await page.click('main button');
		expect(new URL(page.url()).pathname).toBe('/konto');
		const [session] = await page.context().cookies();
		expect(session).toMatchObject({ name: 'mitrat.session_token', httpOnly: true, sameSite: 'Lax' });
		await page.goto(url);
		expect(await page.textContent('h1')).toBe('Dieser Link gilt nicht mehr');
		await page.goto(`${base}/abmelden`);
		await page.click('main button');
		expect(await cookieNames(page.context())).not.toContain('mitrat.session_token');
		await page.goto(`${base}/konto`);
		expect(new URL(page.url()).pathname).toBe('/anmelden');
	});

	test('asking for a link: a bad address comes back with what was typed, any good one gets the same answer', async () => {
		const page = await visitor({ javaScriptEnabled: false });
		await page.goto(`${base}/anmelden?weiter=/konto`);
		await page.fill('#email', 'amira@');
		await page.click('form[action*="link"] button');
		expect(await page.textContent('[data-faults]')).toContain('unvollständig');
		expect(await page.inputValue('#email')).toBe('amira@');
		expect(await page.getAttribute('#email', 'aria-invalid')).toBe('true');
		const answers = [];
		for (const email of [PERSON.email, 'niemand@elbstadt.example']) {
			await page.goto(`${base}/anmelden`);
			await page.fill('#email', email);
			await page.click('form[action*="link"] button');
			answers.push((await page.textContent('[role=status]'))!.replace(email, '…'));
		}
		expect(answers[0]).toContain('30 Minuten');
		expect(answers[1]).toBe(answers[0]);
		const mails = await database.sql<{ to_address: string; text: string }>('select to_address, text from kernel.mail');
		expect(mails.map(({ to_address }) => to_address)).toEqual([PERSON.email]);
		await page.goto(/http:\S+/.exec(mails[0]!.text)![0]);
		await page.click('main button');
		expect(await cookieNames(page.context())).toContain('mitrat.session_token');
	});

	test('the demonstration is entered by one click, and leads on', async () => {
		const page = await visitor({ javaScriptEnabled: false });
		await page.goto(`${base}/anmelden?weiter=/konto`);
		await page.click('text=Jonas Brandt');
		expect(await page.textContent('main')).toContain('buero@demo.example');
	});

	test('second step, emergency codes, password; a code counts once; other devices can be ended', async () => {
		const page = await visitor({ javaScriptEnabled: false });
		// Somebody new: a second step that was set up once can't be set up again.
		const email = `${randomUUID()}@elbstadt.example`;
		await page.goto(await invitation({ email, name: PERSON.name }));
		await page.click('main button');
		await page.goto(`${base}/konto/zweiter-schritt`);
		await page.click('form[action*="beginnen"] button');
		const secret = (await page.textContent('code'))!.replace(/\s/g, '');
		const scanned = new URL(await scan(page));
		expect([scanned.protocol, scanned.searchParams.get('secret')]).toEqual(['otpauth:', secret]);
		await page.fill('#code', '000000');
		await page.click('main button');
		expect(await page.textContent('[data-faults]')).toContain('Dieser Code stimmt nicht');
		const used = await appCode({ secret, uri: '' });
		await page.fill('#code', used);
		await page.click('main button');
		const codes = await page.locator('main code').allTextContents();
		expect(codes).toHaveLength(10);
		await page.goto(`${base}/konto/passwort`);
		await page.fill('#password', PASSWORD);
		await page.click('main button');

		const other = await visitor({ javaScriptEnabled: false });
		await other.goto(`${base}/en/anmelden?weiter=/en/konto`);
		await other.click('summary:has-text("With password and code")');
		await other.fill('#password-email', email);
		await other.fill('#password', PASSWORD);
		await other.click('form[action*="passwort"] button');
		await other.fill('#code', used);
		await other.click('main button');
		expect(await other.textContent('[data-faults]')).toContain('has been used already');
		await other.fill('#code', codes[0]!);
		await other.click('main button');
		expect(await other.textContent('h1')).toBe('My account');

		await page.goto(`${base}/konto`);
		await page.click('text=Alle anderen beenden');
		expect(await page.textContent('[role=status]')).toContain('Beendet');
		await other.goto(`${base}/en/konto`);
		expect(new URL(other.url()).pathname).toBe('/en/anmelden');
	});
});

describe('a passkey', () => {
	test('is added, signs in, is told of when it fails, and can be removed', async () => {
		const page = await visitor();
		await page.goto(await invitation({ email: 'passkey@elbstadt.example', name: 'Noor' }));
		await page.click('main button');
		const device = await page.context().newCDPSession(page);
		await device.send('WebAuthn.enable');
		const options = {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
		} as const;
		const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
			options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
		});
		await page.fill('#passkey-name', 'Amiras Telefon');
		await page.click('[data-passkey=create]');
		await page.waitForURL(/getan=passkey/);
		expect(await page.textContent('main')).toContain('Amiras Telefon');

		await page.goto(`${base}/abmelden`);
		await page.click('main button');
		await page.goto(`${base}/anmelden?weiter=/konto`);
		await page.click('[data-passkey=get]');
		await page.waitForURL(`${base}/konto`);
		expect(await page.textContent('main')).toContain('passkey@elbstadt.example');

		await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
		await page.goto(`${base}/anmelden`);
		await page.click('[data-passkey=get]');
		await page.waitForSelector('[data-passkey-failed]:not([hidden])');

		await page.goto(`${base}/konto`);
		await page.click('form[action*="passkeyWeg"] button');
		expect(await page.textContent('main')).not.toContain('Amiras Telefon');
	});
});

test('no findings of axe, in German, English and Arabic', async () => {
	const page = await visitor({ viewport: { width: 360, height: 740 } });
	const found: string[] = [];
	for (const language of ['', '/en', '/ar']) {
		for (const path of [
			'/anmelden',
			'/anmelden?dienst=oidcUnknown',
			'/anmelden/link?schein=x',
			'/anmelden/code',
			'/abmelden',
		]) {
			await page.goto(base + language + path);
			found.push(...(await findings(page)));
		}
	}
	await page.goto(await invitation({ email: 'axe@elbstadt.example', name: 'Axe' }));
	found.push(...(await findings(page)));
	await page.click('main button');
	for (const path of ['/konto', '/en/konto', '/konto/zweiter-schritt', '/konto/passwort']) {
		await page.goto(base + path);
		found.push(...(await findings(page)));
	}
	expect(found).toEqual([]);
});
