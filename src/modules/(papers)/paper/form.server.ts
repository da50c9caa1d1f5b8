import { fail, type ActionFailure } from '@sveltejs/kit';
import * as m from '#messages';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { forPage } from '#kernel/i18n/current.ts';
import type { Fault } from '#ui/types.ts';
import type { Saved } from './commands.server.ts';
import { valuesOf } from './ui/values.ts';
import { schemesOf } from './numbers.server.ts';
import { paperByReference } from './relations.server.ts';
import { readReference, writeReference } from './rules/reference.ts';
import { ruleWords } from './rule-words.ts';
import { PaperForm, type NewPaper, type Originator } from './schema.ts';

/** A form that came back: which one, what is wrong where, and everything that was typed. */
export interface Refused {
	of: string;
	faults: Fault[];
	typed: Record<string, string>;
	topics?: string[];
	districts?: string[];
	/** Somebody else saved in the meantime: what they saved, as fields, and which parts collide. */
	collision?: { revision: number; theirs: Record<string, string>; parts: string[] };
}

/** Rows for originators that the form offers at most. */
export const MOST_ORIGINATORS = 12;

/** Single fields of a form as texts. */
export function typedOf(form: FormData): Record<string, string> {
	return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

/** Reads the form of a paper. @returns what it says, or what is wrong with it in words */
export async function readPaperForm(ctx: Ctx, form: FormData): Promise<{ given: NewPaper } | { faults: Fault[] }> {
	const typed = typedOf(form);
	const faults: Fault[] = [];
	const parsed = PaperForm.safeParse({
		...typed,
		closed: typed.closed === 'yes',
		originators: originatorsOf(typed),
		topics: form.getAll('topics').map(String),
		districts: form.getAll('districts').map(String),
		superordinatedId: await baseOf(ctx, typed.base ?? '', faults),
	});
	if (!parsed.success) {
		for (const { path, code } of parsed.error.issues) {
			const field = String(path[0] ?? 'title');
			if (!faults.some((fault) => fault.field === field)) faults.push({ field, text: faultWords(field, code) });
		}
		return { faults };
	}
	const { data } = parsed;
	if (data.relevance && !data.relevanceReason)
		faults.push({ field: 'relevanceReason', text: m.papers_paper_fault_relevance_reason() });
	if (data.closed && !data.closedReason)
		faults.push({ field: 'closedReason', text: m.papers_paper_fault_closed_reason() });
	return faults.length ? { faults } : { given: data };
}

function originatorsOf(typed: Record<string, string>): Originator[] {
	return Array.from({ length: MOST_ORIGINATORS }, (_, index) => ({
		organisationId: typed[`von${index + 1}`] ?? '',
		personId: typed[`durch${index + 1}`] ?? '',
	})).filter(({ organisationId, personId }) => organisationId || personId);
}

/** The paper whose number was typed; an unknown number is a fault. */
async function baseOf(ctx: Ctx, typed: string, faults: Fault[]): Promise<string> {
	if (!typed.trim()) return '';
	const schemes = await schemesOf(ctx);
	const number = readReference(typed, schemes, ctx.today);
	const scheme = number && schemes.find(({ id }) => id === number.schemeId);
	const id = scheme ? await paperByReference(ctx, writeReference(scheme, number)) : null;
	if (!id) faults.push({ field: 'base', text: m.papers_paper_fault_base() });
	return id ?? '';
}

function faultWords(field: string, code: string): string {
	if (field === 'title' && code !== 'too_big') return m.papers_paper_fault_title();
	if (code === 'too_big') return m.papers_paper_fault_long();
	if (['date', 'dataDate', 'reportBy', 'receivedOn'].includes(field)) return m.papers_paper_fault_day();
	return m.papers_paper_fault_choose();
}

/** The answer to a form that is wrong; long lists and files are left out of what is sent back. */
export function refused(of: string, faults: Fault[], form?: FormData): ActionFailure<Refused> {
	const chosen = (name: string) => form?.getAll(name).map(String) ?? [];
	const typed = form ? typedOf(form) : {};
	return fail(422, { of, faults, typed, topics: chosen('topics'), districts: chosen('districts') });
}

/** The answer where two people changed the same: mine stays in the form, theirs is shown beside it. */
export function collided(saved: Saved, base: string): ActionFailure<Refused> {
	const { revision, theirs, content, parts } = saved;
	const fields = parts.map((part) => ({
		field: part === 'originators' ? 'von1' : part,
		text: m.papers_paper_collides(),
	}));
	const collision = { revision, theirs: valuesOf(theirs, base), parts };
	return fail(422, {
		of: 'paper',
		faults: fields,
		typed: valuesOf(content, base),
		topics: content.topics,
		districts: content.districts,
		collision,
	});
}

/**
 * Runs a command; a rule that says no comes back as a sentence at its field.
 * @throws what is no rule, and a rule without words (a defect)
 */
export async function orRefused<T>(
	of: string,
	form: FormData | undefined,
	act: () => Promise<T>,
): Promise<{ done: T } | ActionFailure<Refused>> {
	try {
		return { done: await act() };
	} catch (error) {
		if (!(error instanceof RuleViolation)) throw error;
		return refused(of, [{ field: error.field ?? of, text: forPage(() => ruleWords(error)) }], form);
	}
}

export function isRefused(answer: object): answer is ActionFailure<Refused> {
	return 'status' in answer;
}
