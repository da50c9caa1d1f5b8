import { fail, redirect } from '@sveltejs/kit';
import * as m from '#messages';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { inLocale } from '#kernel/i18n/locales.ts';
import { PRESETS } from '../../../rules/presets.ts';
import { bodyToChange } from '../../../structure/bodies.server.ts';
import { act } from '../../../structure/form.server.ts';
import { addVersion, dropVersion } from '../../../structure/profile-versions.server.ts';
import { profilesOf } from '../../../structure/profiles.server.ts';
import { ruleWords } from '../../../structure/rule-words.ts';
import {
	changesBetween,
	citationLines,
	readCitations,
	readRules,
	RULE_SECTIONS,
	valuesOf,
} from '../../../structure/rules/fields.ts';
import { IdForm, VersionForm } from '../../../structure/schema.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = await bodyToChange(ctx, params.slug);
	const profiles = await profilesOf(ctx, body.id);
	const versions = profiles.map((profile, index) => {
		const older = profiles[index + 1];
		return { ...profile, changes: older ? changesBetween(older.rules, profile.rules) : [] };
	});
	const preset = PRESETS.find(({ key }) => key === url.searchParams.get('vorlage'));
	const start = preset ?? profiles[0];
	return {
		body,
		versions,
		presets: PRESETS.map(({ key, name }) => ({ key, name })),
		preset: preset?.key ?? null,
		start: {
			name: preset?.name ?? profiles[0]?.name ?? '',
			statuteTitle: preset ? '' : (profiles[0]?.statuteTitle ?? ''),
			statuteUrl: preset ? '' : (profiles[0]?.statuteUrl ?? ''),
			values: start ? valuesOf(start.rules) : {},
			citations: Object.fromEntries(
				RULE_SECTIONS.map(({ rule }) => [rule, start ? citationLines(start.citations, rule) : '']),
			),
		},
		today: ctx.today.toString(),
	};
};

export const actions: Actions = {
	neu: async ({ locals: { ctx }, params, request, url }) => {
		const { id, slug } = await bodyToChange(ctx, params.slug);
		const form = await request.formData();
		const typed: Record<string, string> = {};
		for (const [name, value] of form) if (typeof value === 'string') typed[name] = value;
		const parsed = VersionForm.safeParse(typed);
		const read = readRules(typed);
		const faults = [
			...(parsed.success ? [] : parsed.error.issues).map((issue) => ({
				field: String(issue.path[0]),
				text: issue.path[0] === 'statuteUrl' ? m.council_structure_fault_url() : m.council_structure_fault_missing(),
			})),
			...('faults' in read ? read.faults : []).map(({ path, kind }) => ({
				field: path,
				text: kind === 'number' ? m.council_structure_fault_number() : m.council_structure_fault_choose(),
			})),
		];
		if (!parsed.success || 'faults' in read) return fail(422, { of: 'neu', faults, typed, changes: null });
		// Seen first what would be different, before it is kept.
		if (url.searchParams.has('ansehen')) {
			const [last] = await profilesOf(ctx, id);
			const changes = last ? changesBetween(last.rules, read.rules) : [];
			return { of: 'neu', faults: [], typed, changes };
		}
		try {
			await addVersion(ctx, id, { ...parsed.data, rules: read.rules, citations: readCitations(typed) });
		} catch (error) {
			if (!(error instanceof RuleViolation)) throw error;
			const fault = { field: error.field ?? 'from', text: ruleWords(error, ctx.locale) };
			return fail(422, { of: 'neu', faults: [fault], typed, changes: null });
		}
		redirect(303, inLocale(`/gremien/${slug}/regeln#versionen`, ctx.locale));
	},
	streichen: async (event) => {
		const { ctx } = event.locals;
		demand(ctx.actor, 'council.structure');
		const { id, slug } = await bodyToChange(ctx, event.params.slug);
		return act(event, {
			of: 'streichen',
			councilBodyId: id,
			schema: IdForm,
			run: async (given) => (await dropVersion(ctx, id, given.id), `/gremien/${slug}/regeln`),
		});
	},
};
