import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { renderPdf, type TemplateData } from '#kernel/documents/render.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import { languageTag } from '#kernel/i18n/locales.ts';
import { recordOfProcessing } from '#kernel/privacy/processing.ts';
import { words } from '../../../navigation.ts';
import { retentionWords } from '../ui/retention.ts';
import { columnWords } from '../ui/column-words.ts';

export interface RecordRow {
	purpose: string;
	basis: string;
	data: string;
	tables: string;
	keep: string;
}

/** The record of processing (Art. 30 GDPR) in the reader's language: one row for each purpose. @throws Forbidden */
export function recordRows(ctx: Ctx): RecordRow[] {
	demand(ctx.actor, 'shell.processing');
	const rows = recordOfProcessing(ctx).activities.map(({ purpose, bases, data, retention }) => ({
		purpose: words(purpose)(),
		basis: bases.map((basis) => words(basis)()).join('; '),
		data: columnList(data.flatMap(({ columns }) => columns)),
		tables: [...new Set(data.map(({ table }) => table))].join(', '),
		keep: [...new Set(retention.map((kept) => retentionWords(kept.class)))].join(', '),
	}));
	return [...rows, accounts()];
}

/** Accounts belong to no town, so no module declares them. */
function accounts(): RecordRow {
	const data = ['name', 'email', 'locale', 'second_step', 'device', 'signed_in_at', 'seen_at', 'provider'];
	return {
		purpose: m.shell_data_accounts(),
		basis: m.shell_data_accounts_basis(),
		data: columnList(data),
		tables: 'auth.user, auth.session, auth.passkey, auth.account',
		keep: retentionWords('account'),
	};
}

function columnList(columns: string[]): string {
	return [...new Set(columns.map(columnWords))].join(', ');
}

/** Who answers for it: the head of the record. */
export function recordHead({ body: { name, settings } }: Ctx): { name: string; value: string }[] {
	const { contact, imprint } = settings;
	const office = contact && [contact.office, contact.street, `${contact.postcode} ${contact.city}`, contact.email];
	return [
		{ name: m.shell_data_record_contact(), value: [name, ...(office ?? [])].join(', ') },
		{ name: m.shell_privacy_officer(), value: imprint?.dataProtectionOfficer ?? m.shell_data_record_missing() },
		{
			name: m.shell_privacy_authority(),
			value: imprint?.dataProtectionAuthority ?? m.shell_privacy_authority_default(),
		},
	];
}

/** The record as PDF/UA-1. @throws Forbidden */
export async function recordPdf(ctx: Ctx): Promise<Uint8Array> {
	const rows = recordRows(ctx);
	const day = formatDay(ctx.today.toString(), 'long', ctx.locale);
	const columns = [
		{ label: m.shell_data_purpose(), share: 2 },
		{ label: m.shell_data_basis(), share: 3 },
		{ label: m.shell_data_what(), share: 5 },
		{ label: m.shell_data_keep(), share: 2 },
	];
	const data: TemplateData<'report'> = {
		letterhead: { town: ctx.body.name },
		pageLabel: m.shell_data_record_page({ page: '{page}', pages: '{pages}' }),
		landscape: true,
		kind: m.shell_data_record_kind(),
		heading: m.shell_data_record(),
		subtitle: m.shell_data_record_on({ day }),
		facts: recordHead(ctx).map(({ name, value }) => ({ term: name, detail: value })),
		sections: [
			{
				heading: m.shell_privacy_purposes(),
				table: { columns, rows: rows.map(({ purpose, basis, data: what, keep }) => [purpose, basis, what, keep]) },
			},
		],
	};
	const title = m.shell_data_record();
	return renderPdf('report', data, {
		locale: languageTag(ctx.locale),
		title,
		author: ctx.body.name,
		standard: 'ua-1',
		date: ctx.today,
	});
}
