/**
 * `npm run check:oparl -- URL [--schemas FOLDER] [--files] [--json]`: walks all of a running OParl server, beginning at its
 * system, and says which rules of OParl 1.1 it breaks. `--schemas`: folder with the specification's JSON schemas.
 * Ends with 1 when something was found, 2 when it was asked wrongly.
 */
import { parseArgs } from 'node:util';
import { readSchemas } from './oparl/objects.ts';
import { walkServer } from './oparl/walk.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { schemas: { type: 'string' }, files: { type: 'boolean' }, json: { type: 'boolean' } },
});
const [system] = positionals;
if (!system || !URL.canParse(system)) {
	process.stderr.write('npm run check:oparl -- https://…/oparl/v1.1/system [--schemas FOLDER] [--files] [--json]\n');
	process.exit(2);
}
const schemas = values.schemas ? readSchemas(values.schemas) : new Map<string, never>();
const { findings, requests } = await walkServer(system, schemas, { files: values.files ?? false });
const found = findings.list;
if (values.json)
	process.stdout.write(`${JSON.stringify({ requests, objects: findings.counts, findings: found }, null, '\t')}\n`);
else {
	const counts = Object.entries(findings.counts).map(([type, count]) => `${type} ${count}`);
	process.stdout.write(`${requests} requests; ${counts.join(', ')}\n`);
	for (const { rule, count, example } of found) process.stdout.write(`✗ ${rule} (${count} ×), e.g. ${example}\n`);
	process.stdout.write(found.length ? `${found.length} rules are broken.\n` : 'No rule is broken.\n');
}
process.exit(found.length ? 1 : 0);
