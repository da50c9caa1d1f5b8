import * as m from '#messages';

/** How a town may form its council (rulebook 0.1). `key` names the preset that the body would start from. */
export interface CouncilModel {
	key: 'appointed' | 'elected' | 'committee' | 'roundTable';
	preset: string;
	/** Points that a statute has to settle, each a key of POINTS. */
	points: readonly string[];
}

const COMMON = [
	'name',
	'tasks',
	'members',
	'eligibility',
	'term',
	'chair',
	'quorum',
	'publicness',
	'rights',
	'office',
	'allowance',
];

export const MODELS: readonly CouncilModel[] = [
	{ key: 'appointed', preset: 'free-beirat', points: [...COMMON, 'call', 'successors', 'substitutes', 'statute'] },
	{ key: 'elected', preset: 'nrw-27go', points: [...COMMON, 'election', 'majorityElected', 'statute'] },
	{ key: 'committee', preset: 'he-auslaenderbeirat', points: [...COMMON, 'experts', 'council', 'statute'] },
	{
		key: 'roundTable',
		preset: 'round-table',
		points: ['name', 'tasks', 'organisations', 'chair', 'office', 'privacy'],
	},
];

export const MODEL_WORDS: Record<CouncilModel['key'], { name: () => string; says: () => string }> = {
	appointed: { name: m.council_entry_model_appointed, says: m.council_entry_model_appointed_says },
	elected: { name: m.council_entry_model_elected, says: m.council_entry_model_elected_says },
	committee: { name: m.council_entry_model_committee, says: m.council_entry_model_committee_says },
	roundTable: { name: m.council_entry_model_round, says: m.council_entry_model_round_says },
};

export const POINTS: Record<string, () => string> = {
	name: m.council_entry_point_name,
	tasks: m.council_entry_point_tasks,
	members: m.council_entry_point_members,
	eligibility: m.council_entry_point_eligibility,
	term: m.council_entry_point_term,
	chair: m.council_entry_point_chair,
	quorum: m.council_entry_point_quorum,
	publicness: m.council_entry_point_publicness,
	rights: m.council_entry_point_rights,
	office: m.council_entry_point_office,
	allowance: m.council_entry_point_allowance,
	call: m.council_entry_point_call,
	successors: m.council_entry_point_successors,
	substitutes: m.council_entry_point_substitutes,
	statute: m.council_entry_point_statute,
	election: m.council_entry_point_election,
	majorityElected: m.council_entry_point_majority,
	experts: m.council_entry_point_experts,
	council: m.council_entry_point_council,
	organisations: m.council_entry_point_organisations,
	privacy: m.council_entry_point_privacy,
};

/** The model by its key, from an address; undefined for anything else. */
export function modelOf(key: string | null): CouncilModel | undefined {
	return MODELS.find((model) => model.key === key);
}
