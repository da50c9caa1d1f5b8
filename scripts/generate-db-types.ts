import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Types as src/kernel/db/values.ts reads them: dates are Temporal, 64-bit integers numbers, JSON stays unknown. */
const MAPPING = {
	timestamptz: 'Temporal.Instant',
	date: 'Temporal.PlainDate',
	time: 'Temporal.PlainTime',
	int8: 'number',
	jsonb: 'unknown',
	tsvector: 'string',
};

/**
 * Writes src/generated/db.ts from a migrated database.
 * @param check only compares and answers false when the file differs
 */
export async function generateDbTypes(ownerUrl: string, check = false): Promise<boolean> {
	const file = `${root}src/generated/db.ts`;
	const out = check ? `${root}src/generated/db.check.ts` : file;
	const cli = `${root}node_modules/kysely-codegen/dist/cli/bin.js`;
	const args = [cli, '--dialect', 'postgres', '--url', ownerUrl, '--out-file', out];
	const options = ['--exclude-pattern', '{auth,graphile_worker,public}.*', '--type-mapping', JSON.stringify(MAPPING)];
	const { status, stderr } = spawnSync(process.execPath, [...args, ...options, '--log-level', 'error'], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`kysely-codegen: ${stderr}`);
	// The town's id is added to every row by the body plugin, so nobody has to name it.
	const text = (await readFile(out, 'utf8')).replaceAll('  body_id: string;', '  body_id: Generated<string>;');
	if (!check) return writeFile(file, text).then(() => true);
	await rm(out);
	return text === (await readFile(file, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [url] = process.argv.slice(2);
	if (!url) throw new Error('usage: generate-db-types.ts OWNER-URL');
	await generateDbTypes(url);
}
