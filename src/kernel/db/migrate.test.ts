import { expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { UserError } from '../errors.ts';
import { migrate } from './migrate.ts';

const database = await freshDatabase();

test('a program that is older than the database says so, and changes nothing', async () => {
	const book = () => database.sql('select name from kernel.migration order by name');
	const before = await book();
	const [first] = before as { name: string }[];
	const refusal = migrate(database.owner, 'mitrat_app', []);
	await expect(refusal).rejects.toThrow(UserError);
	await expect(refusal).rejects.toThrow(
		`Die Datenbank ist neuer als dieses Programm: es kennt ihre Änderung „${first!.name}“ nicht.`,
	);
	expect(await book()).toEqual(before);
});
