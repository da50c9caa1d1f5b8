import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { erasurePreview, type PreviewPart } from '#kernel/privacy/preview.ts';
import { isKnownElsewhere, personFields, personView } from '#server/registry';
import { words } from '../../../../../navigation.ts';
import { retentionWords } from '../../../ui/retention.ts';
import { columnWords } from '../../../ui/column-words.ts';
import { eraseForGood } from '../../../privacy/commands.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	demand(ctx.actor, 'shell.privacy');
	const person = await personView(ctx, params.id);
	const { account_id: accountId } = await personFields(ctx, params.id);
	const { deleted, emptied, kept } = await erasurePreview(ctx, params.id);
	const today = ctx.today.toString();
	const inForce = ({ until }: { until: string | null }) => until === null || until > today;
	return {
		id: person.id,
		name: person.name || m.shell_data_erased(),
		self: person.id === ctx.actor.personId,
		sits: [...person.memberships, ...person.offices].some(inForce),
		account: accountId ? ((await isKnownElsewhere(ctx, accountId)) ? 'stays' : 'goes') : null,
		deleted: deleted.map(inWords),
		emptied: emptied.map(inWords),
		kept: kept.map(inWords),
	};
};

function inWords({ purpose, columns, retention, rows }: PreviewPart) {
	return {
		purpose: words(purpose)(),
		what: [...new Set(columns.map(columnWords))].join(', '),
		keep: [...new Set(retention.map(retentionWords))].join(', '),
		rows,
	};
}

const REFUSED: Record<string, () => string> = {
	'shell.eraseSelf': m.shell_data_erase_self,
	'registry.lastAdministrator': m.shell_people_error_last,
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		demand(ctx.actor, 'shell.privacy');
		const refuse = (text: string) => fail(422, { faults: [{ field: 'sicher', text }] });
		if (!(await request.formData()).has('sicher')) return refuse(m.shell_data_erase_unsure());
		try {
			await eraseForGood(ctx, params.id);
		} catch (error) {
			const refused = error instanceof RuleViolation && REFUSED[error.code];
			if (!refused) throw error;
			return refuse(refused());
		}
		redirect(303, inLocale(`/personen/${params.id}?geloescht`, ctx.locale));
	},
};
