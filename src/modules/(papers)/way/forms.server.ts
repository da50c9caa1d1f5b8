import { fail, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import type { Fault } from '#ui/types.ts';
import { ruleWords } from './fault-words.server.ts';

/** A form that came back: which one, of which station, what is wrong where, and what was typed. */
export interface Refused {
	of: string;
	id: string;
	faults: Fault[];
	typed: Record<string, string>;
	jointly: string[];
}

const DAYS: readonly string[] = ['plannedOn', 'happenedOn', 'resubmitOn', 'inForceOn'];
const faultWords = (field: string): string =>
	field === 'result'
		? m.papers_way_fault_result()
		: DAYS.includes(field)
			? m.papers_way_fault_day()
			: m.papers_way_fault_field();

export interface Sent {
	typed: Record<string, string>;
	/** Ids of the bodies ticked as holding the station jointly. */
	jointly: string[];
	id: string;
}

/**
 * Reads a form of the page, does what it asks for, and leads back to the page with a word on what happened; what is
 * refused comes back at its field with all that was typed. Who lacks the permission learns nothing of the form.
 */
export async function acted<Schema extends z.ZodType>(
	event: { locals: { ctx: Ctx }; request: Request; params: { slug: string } },
	permission: string,
	of: string,
	schema: Schema,
	act: (ctx: Ctx, given: z.output<Schema>, sent: Sent) => Promise<Record<string, string>>,
) {
	const { ctx } = event.locals;
	demand(ctx.actor, permission);
	const form = await event.request.formData();
	const texts = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
	const typed = Object.fromEntries(texts);
	const sent: Sent = { typed, jointly: form.getAll('mit').map(String), id: typed.id ?? '' };
	const refuse = (faults: Fault[]) =>
		fail(422, { of, id: sent.id, faults, typed, jointly: sent.jointly } satisfies Refused);
	const parsed = schema.safeParse(typed);
	if (!parsed.success) {
		const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? of)));
		return refuse([...fields].map((field) => ({ field, text: faultWords(field) })));
	}
	let said: Record<string, string>;
	try {
		said = await act(ctx, parsed.data, sent);
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return refuse([{ field: error.field ?? of, text: ruleWords(error) }]);
	}
	const { at, ...query } = said;
	const page = inLocale(`/vorlagen/${event.params.slug}/weg`, ctx.locale);
	redirect(303, `${page}?${new URLSearchParams(query)}${at ? `#${at}` : ''}`);
}
