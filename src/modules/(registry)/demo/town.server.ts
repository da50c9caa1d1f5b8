import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { write } from '#kernel/write.ts';
import { addMembership, addOrganisation, addPerson, findOrAddPlace } from '../commands.server.ts';

/** The demonstration's groups in the town council; all invented. */
export const GROUPS = [
	['Fraktion Soziale Stadt', 'Soziale Stadt', 'Birte Aschenbrand'],
	['Fraktion Bürgerliche Mitte', 'Bürgerliche Mitte', 'Holger Winsemann'],
	['Fraktion Grüne Elbe', 'Grüne Elbe', 'Jonna Wiebold'],
	['Fraktion Freie Wählerschaft', 'Freie Wählerschaft', 'Detlef Rungwart'],
	['Fraktion Linkes Ufer', 'Linkes Ufer', 'Mareike Tolksdorff'],
	['Fraktion Stadtteile', 'Stadtteile', 'Karsten Immelthal'],
	['Fraktion Junges Elbstadt', 'Junges Elbstadt', 'Tarek Bensalmi'],
] as const;

/** Residents on the council; all invented. */
export const RESIDENTS = [
	'Nadiya Kowaltschenko',
	'Rami Tinawi',
	'Thi Lan Anh Brückner',
	'Yonas Tekleberg',
	'Elena Stroescu-Beck',
	'Golnar Sepantar',
	'Emre Sandıkçı',
	'Oleh Dubrawez',
] as const;
export const SUCCESSORS = ['Awa Diatta', 'Farhad Nourzai', 'Mirela Dancu'] as const;
export const SUBSTITUTE = ['Petra Lüdersen', 'Fraktion Bürgerliche Mitte'] as const;
const COMMISSIONER = 'Shirin Adlerkamp';
const STAFF = ['Ines Hallfurth', 'Jörn Matthies', 'Sabine Odefey'] as const;

export const DEPARTMENTS = [
	['Dezernat für Soziales und Zusammenhalt', 'Dezernat III', null],
	['Bürgeramt', 'Amt 33', 'Dezernat für Soziales und Zusammenhalt'],
	['Ausländerbehörde', 'Amt 34', 'Dezernat für Soziales und Zusammenhalt'],
	['Integrationsbüro', 'Stabsstelle III/1', 'Dezernat für Soziales und Zusammenhalt'],
] as const;

export const COUNCIL = 'Beirat für Integration und Migration';
export const ROUND_TABLE = 'Runder Tisch Ankommen';

/** People, groups, departments, offices and places of the demonstration town. Memberships follow with the bodies. */
export async function fillRegister(ctx: Ctx): Promise<void> {
	await write(ctx, async (tx) => {
		const ids = new Map<string, string>();
		for (const [name, shortName] of GROUPS) {
			ids.set(name, await addOrganisation(tx, { name, shortName, type: 'group', classification: 'Fraktion' }));
		}
		for (const [name, shortName, parent] of DEPARTMENTS) {
			const parentId = parent ? ids.get(parent)! : null;
			ids.set(
				name,
				await addOrganisation(tx, {
					name,
					shortName,
					type: 'department',
					classification: shortName.split(' ')[0]!,
					parentId,
				}),
			);
		}
		ids.set(
			COUNCIL,
			await addOrganisation(tx, {
				name: COUNCIL,
				shortName: 'Beirat',
				type: 'committee',
				classification: 'Beirat',
				officeLabel: 'Geschäftsstelle',
			}),
		);
		ids.set(
			ROUND_TABLE,
			await addOrganisation(tx, {
				name: ROUND_TABLE,
				type: 'external',
				classification: 'Runder Tisch',
				officeLabel: 'Koordinierungsstelle',
			}),
		);
		await addPeople(tx, ids);
		await findOrAddPlace(tx, {
			name: 'Altes Rathaus',
			room: 'Ratssaal',
			street: 'Am Markt 1',
			accessibility: 'Aufzug, Hörschleife, barrierefreies WC',
		});
		await findOrAddPlace(tx, {
			name: 'Haus der Vereine',
			room: 'Raum 2',
			street: 'Nordufer 14',
			accessibility: 'ebenerdig',
		});
	});
}

async function addPeople(tx: WriteCtx, organisations: Map<string, string>): Promise<void> {
	const year = tx.today.year;
	const begin = Temporal.PlainDate.from({ year: year - 2, month: 9, day: 18 });
	for (const [group, , name] of GROUPS) {
		const person = await addPerson(tx, name, { namePublic: true });
		await addMembership(tx, {
			personId: person,
			organisationId: organisations.get(group)!,
			kind: 'member',
			votingRight: true,
			from: begin,
		});
	}
	const substitute = await addPerson(tx, SUBSTITUTE[0], { namePublic: true });
	await addMembership(tx, {
		personId: substitute,
		organisationId: organisations.get(SUBSTITUTE[1])!,
		kind: 'member',
		votingRight: true,
		from: begin,
	});
	for (const name of [...RESIDENTS, ...SUCCESSORS]) await addPerson(tx, name, { namePublic: true });
	const [office, department, admin] = await Promise.all(STAFF.map((name) => addPerson(tx, name)));
	await addDuty(tx, office!, 'office', null, begin);
	await addDuty(tx, department!, 'department', organisations.get('Bürgeramt')!, begin);
	await addDuty(tx, admin!, 'administrator', null, begin);
	await addDuty(tx, admin!, 'auditor', null, begin);
	await addOffices(tx, organisations, begin, [office!, department!]);
}

/** Offices with rights or duties of their own. The commissioner is staff of the town, not of the council (rulebook R4-11). */
async function addOffices(
	tx: WriteCtx,
	organisations: Map<string, string>,
	from: Temporal.PlainDate,
	staff: string[],
): Promise<void> {
	const commissioner = await addPerson(tx, COMMISSIONER, { namePublic: true });
	const offices = [
		{
			title: 'Beauftragte für Integration und Migration',
			kind: 'commissioner',
			organisation: null,
			employment: 'fulltime',
			holder: commissioner,
		},
		{
			title: 'Leitung des Bürgeramts',
			kind: 'head',
			organisation: 'Bürgeramt',
			employment: 'fulltime',
			holder: staff[1]!,
		},
		{
			title: 'Leitung des Integrationsbüros',
			kind: 'coordinator',
			organisation: 'Integrationsbüro',
			employment: 'fulltime',
			holder: staff[0]!,
		},
	];
	for (const { title, kind, organisation, employment, holder } of offices) {
		const id = newId();
		const organisation_id = organisation ? organisations.get(organisation)! : null;
		await tx.db.insertInto('registry.office').values({ id, title, kind, organisation_id, employment }).execute();
		await tx.db
			.insertInto('registry.office_holding')
			.values({ id: newId(), office_id: id, person_id: holder, from_date: from })
			.execute();
		tx.touch('registry.office', id, { act: 'created', fields: { title } });
	}
}

async function addDuty(
	tx: WriteCtx,
	personId: string,
	duty: string,
	organisationId: string | null,
	from: Temporal.PlainDate,
): Promise<void> {
	const id = newId();
	await tx.db
		.insertInto('registry.duty')
		.values({ id, person_id: personId, duty, organisation_id: organisationId, from_date: from })
		.execute();
	tx.touch('registry.duty', id, { act: 'created', fields: { duty } });
}
