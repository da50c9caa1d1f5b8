import type { Command } from './commands/command.ts';

/** Every command, one line each. Loaded only when called. */
export const commands: Record<string, () => Promise<{ default: Command }>> = {
	start: () => import('./commands/start.ts'),
	dev: () => import('./commands/dev.ts'),
	db: () => import('./commands/db.ts'),
	setup: () => import('./commands/setup.ts'),
	import: () => import('./commands/import.ts'),
	account: () => import('./commands/account.ts'),
	audit: () => import('./commands/audit.ts'),
	archive: () => import('./commands/archive.ts'),
	export: () => import('./commands/export.ts'),
	backup: () => import('./commands/backup.ts'),
	restore: () => import('./commands/restore.ts'),
	erasures: () => import('./commands/erasures.ts'),
	bounce: () => import('./commands/bounce.ts'),
	help: () => import('./commands/help.ts'),
	version: () => import('./commands/version.ts'),
};
