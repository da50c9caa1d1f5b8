import { openBrowser } from './scripts/browser.ts';
const base = 'http://localhost:3100';
const browser = await openBrowser();
const page = await (await browser.newContext({ baseURL: base, locale: 'de-DE' })).newPage();
page.setDefaultTimeout(90_000);
await page.goto('/anmelden');
await page.getByRole('button', { name: /Ines Hallfurth/ }).click();
await page.goto('/vorlagen');
const hrefs = await page.locator('main a[href^="/vorlagen/"]').evaluateAll((as) => as.map((a) => a.getAttribute('href')));
const files = process.argv.slice(2);
let target = '';
for (const h of new Set(hrefs)) { if (!h || /neu|arten|\?/.test(h)) continue; await page.goto(h + '/bearbeiten'); if (await page.locator('input[type=file]').count()) { target = h + '/bearbeiten'; break; } }
console.log('page', target);
for (const file of files) {
	await page.goto(target);
	const input = page.locator('input[type=file]').first();
	const form = page.locator('form', { has: input });
	const title = form.locator('input[type=text], input:not([type])').first();
	await input.setInputFiles(file);
	if (await title.count()) await title.fill('Anlage ' + file.split('/').pop() + ' ' + Math.random().toString(36).slice(2,6));
	const t = Date.now();
	const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), form.locator('button[type=submit], button:not([type])').first().click()]);
	await page.waitForLoadState();
	const said = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
	console.log(file.split('/').pop(), answer.status(), Date.now() - t, 'ms', '|', (await page.locator('h1').first().innerText()), '|', answer.status() < 400 ? said.slice(-0) && (await page.locator('ul.rows li').allInnerTexts()).join(' ; ').slice(0, 300) : said.slice(0, 400));
}
await browser.close();
