import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { accountData } from '#kernel/identity/account-data.ts';
import { subjectAccess, toHtml, toJson, type AccessTable, type SubjectAccess } from '#kernel/privacy/access.ts';
import type { RetentionClass } from '#kernel/privacy/declaration.ts';
import { write } from '#kernel/write.ts';
import { personFields } from '#server/registry';
import { words } from '../../../navigation.ts';
import { isRetention, retentionWords } from '../ui/retention.ts';
import { columnWords } from '../ui/column-words.ts';

export type FileFormat = 'html' | 'json';

/** Everything that is kept of whoever is signed in, the account included: also for an account without a person here. */
export async function ownFile(ctx: Ctx, account: { id: string; name: string }, format: FileFormat): Promise<Response> {
	return download(ctx, await accessOf(ctx, ctx.actor.personId, account.id), account.name, format);
}

/** The same for somebody who asks by letter. That it was handed out stands in the audit log. @throws NotFound, Forbidden */
export async function fileForPerson(ctx: Ctx, personId: string, format: FileFormat): Promise<Response> {
	demand(ctx.actor, 'shell.privacy');
	const { account_id, given_name, family_name } = await personFields(ctx, personId);
	const access = await accessOf(ctx, personId, account_id);
	await write(ctx, async (tx) => tx.touch('registry.person', personId, { act: 'accessGiven', fields: { format } }));
	return download(ctx, access, `${given_name} ${family_name}`.trim() || m.shell_data_erased(), format);
}

async function accessOf(ctx: Ctx, personId: string | null, accountId: string | null): Promise<SubjectAccess> {
	const access = personId
		? await subjectAccess(ctx, personId)
		: { town: ctx.body.name, personId: '', at: ctx.now, tables: [] };
	return { ...access, tables: [...access.tables, ...(accountId ? await accountTables(accountId) : [])] };
}

async function accountTables(accountId: string): Promise<AccessTable[]> {
	const { account, sessions, passkeys, ways } = await accountData(accountId);
	const parts = { 'auth.user': account, 'auth.session': sessions, 'auth.passkey': passkeys, 'auth.account': ways };
	const said = { purpose: 'shell_data_accounts', basis: 'shell_data_accounts_basis' };
	const retention: RetentionClass[] = ['account'];
	return Object.entries(parts).flatMap(([table, rows]) => (rows.length ? [{ table, ...said, retention, rows }] : []));
}

function download(ctx: Ctx, access: SubjectAccess, name: string, format: FileFormat): Response {
	const body = format === 'json' ? toJson(access) : toHtml(ctx, access, wordsOf(ctx, name));
	const type = format === 'json' ? 'application/json' : 'text/html; charset=utf-8';
	const headers = {
		'content-type': type,
		'content-disposition': `attachment; filename="${ctx.body.shortName.replace(/[^\w.-]/g, '_')}-auskunft.${format}"`,
		'cache-control': 'no-store',
	};
	return new Response(body, { headers });
}

function wordsOf(ctx: Ctx, name: string) {
	const day = formatDay(ctx.today.toString(), 'long', ctx.locale);
	return {
		title: m.shell_data_file_title({ name }),
		intro: m.shell_data_file_intro({ town: ctx.body.name, day }),
		purpose: m.shell_data_purpose(),
		basis: m.shell_data_basis(),
		retention: m.shell_data_keep(),
		nothing: m.shell_data_file_nothing(),
		label: (key: string) => (isRetention(key) ? retentionWords(key) : words(key)()),
		column: columnWords,
	};
}
