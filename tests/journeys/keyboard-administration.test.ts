import { expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { weekOfTrouble } from '../support/administration.ts';
import { goThrough } from '../support/keyboard.ts';
import { peopleOfAllRoles } from '../support/roles.ts';

/** The pages of the town's own technicians, full as after a week of trouble, and with everything unfolded. */
const app = await startApp({ demonstration: true, workers: 0 });
const signIn = await peopleOfAllRoles(app);
await weekOfTrouble(app);

test('what administrators alone open is gone through by keyboard, and read by a screen reader', async () => {
	const [person] = await app.database.sql<{ id: string }>(
		`select id from registry.person where family_name = 'Probe member'`,
	);
	// A second device, so that there is something to end.
	await signIn('administrator');
	const cookie = (await signIn('administrator'))!;
	// Sign-ins of the same minute on the same device look alike in every way: two are left, a day apart.
	await app.database.sql(
		`with newest as (select *, row_number() over (partition by "userId" order by "createdAt" desc) as place from auth."session")
		 delete from auth."session" s using newest n where n."id" = s."id" and n.place > 2`,
	);
	await app.database.sql(
		`update auth."session" old set "createdAt" = old."createdAt" - interval '1 day' from auth."session" new
		 where old."userId" = new."userId" and old."createdAt" < new."createdAt"`,
	);
	const pages = [
		'/betrieb',
		'/systeme',
		'/offene-daten/lizenz',
		'/offene-daten/lizenz?gespeichert',
		'/personen',
		'/personen/rollenregeln',
		`/personen/${person!.id}`,
		`/personen/${person!.id}/zugang`,
		`/personen/${person!.id}/loeschen`,
		'/protokollierung',
		'/datenschutz/verzeichnis',
		'/barrierefreiheit/rueckmeldungen',
		'/konto',
		'/konto/passwort',
		'/konto/zweiter-schritt',
		'/tisch',
		'/verwaltung',
	];
	const { seen, faults } = await goThrough(
		app,
		cookie,
		pages.map((path) => ({ way: path, path })),
		{ unfold: true },
	);
	expect(faults).toEqual([]);
	expect(seen).toBe(pages.length);
});
