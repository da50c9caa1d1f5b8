/** The compiled messages, for programs that run on the sources: commands may come before the first build. */
import { globSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/project.ts';

/** Compiles the message files if that was never done or one of them changed since. */
export async function ensureMessages(): Promise<void> {
	const stamp = join(projectRoot, 'src/generated/messages/stamp');
	const compiled = changedAt(stamp);
	const sources = [
		...globSync('src/modules/*/messages/**/*.json', { cwd: projectRoot }),
		'scripts/messages.ts',
		'scripts/lean-messages.ts',
	];
	if (sources.every((file) => changedAt(join(projectRoot, file)) <= compiled)) return;
	const { compileMessages } = await import('../../scripts/messages.ts');
	await compileMessages();
	touch(stamp);
}

/** The compiler leaves everything as it is when only times had changed: the next look shall be quick again. */
function touch(stamp: string): void {
	try {
		utimesSync(stamp, new Date(), new Date());
	} catch {
		// An installation that this user cannot write; it only costs time.
	}
}

function changedAt(file: string): number {
	return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
