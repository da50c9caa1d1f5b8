import { fail, type ActionFailure } from '@sveltejs/kit';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import type { Refusal } from '../refusal.server.ts';
import { correctPerson } from './commands.server.ts';
import { CorrectionForm, LONGEST } from './schema.ts';

/** Ids of the form's fields begin with this: other forms of the page have fields of the same name. */
export const PREFIX = 'daten-';

/** Takes the form of corrections; what does not fit comes back at its field. @throws Forbidden, NotFound */
export async function takeCorrection(
	ctx: Ctx,
	personId: string,
	request: Request,
): Promise<ActionFailure<Refusal & { of: 'berichtigen' }> | undefined> {
	const typed = Object.fromEntries([...(await request.formData())].map(([name, value]) => [name, String(value)]));
	const refuse = (faults: { field: string; text: string }[]) => {
		const at = faults.map(({ field, text }) => ({ field: `${PREFIX}${field}`, text }));
		return fail(422, { of: 'berichtigen' as const, faults: at, typed });
	};
	const parsed = CorrectionForm.safeParse(typed);
	if (!parsed.success)
		return refuse(
			parsed.error.issues.map(({ path, message }) => ({ field: String(path[0]), text: faultWords(message) })),
		);
	try {
		await correctPerson(ctx, personId, parsed.data);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return refuse([{ field: error.field ?? 'email', text: m.shell_data_office_email_account() }]);
	}
	return undefined;
}

function faultWords(code: string): string {
	if (code === 'name') return m.shell_data_error_name();
	return code === 'long' ? m.shell_data_error_long({ max: String(LONGEST) }) : m.shell_login_error_email();
}
