/** Whether a database holds exactly the rows of a backup. */
import type pg from 'pg';
import { UserError } from '../errors.ts';
import { ACCOUNTS, type Catalog } from './catalog.ts';
import type { LoadOptions } from './load.ts';
import type { Manifest } from './manifest.ts';
import { enterTown, JOBS, sharedQuestions, townQuestions } from './reading.ts';
import { sumOf } from './sums.ts';

/** @throws UserError naming the first table that differs */
export async function compare(
	client: pg.Client,
	catalog: Catalog,
	manifest: Manifest,
	{ jobs, beside }: LoadOptions,
): Promise<void> {
	const parts = new Map(manifest.parts.map((part) => [part.path, part]));
	const only = manifest.scope === 'town' ? manifest.towns[0] : undefined;
	for (const town of manifest.towns) {
		await enterTown(client, town);
		const shared = town === manifest.towns[0] ? sharedQuestions(catalog, only) : [];
		for (const question of [...townQuestions(catalog, town), ...shared]) {
			if (question.table === JOBS && !jobs) continue;
			// An account that was there already may carry a newer name.
			if (question.table === ACCOUNTS && beside) continue;
			const found = await sumOf(client, question);
			const noted = parts.get(question.path);
			if (found.rows === (noted?.rows ?? 0) && (!noted || found.sha256 === noted.sha256)) continue;
			throw new UserError(
				`Nach dem Einlesen steht in ${question.table} etwas anderes als in der Sicherung (${found.rows} Zeilen statt ${noted?.rows ?? 0}); es wurde nichts übernommen.`,
			);
		}
	}
}
