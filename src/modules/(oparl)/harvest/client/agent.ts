import type { Town } from '#kernel/town.ts';

/** Says who asks and whom to write to (RFC 9110, 10.1.5). */
export function userAgentOf({ body }: { body: Pick<Town, 'settings'> }): string {
	const email = body.settings.contact?.email ?? '';
	const contact = /^[\x21-\x7e]+$/.test(email) ? `; ${email}` : '';
	return `Mitrat/0.1 (+https://gitlab.opencode.de/mitrat/mitrat${contact})`;
}
