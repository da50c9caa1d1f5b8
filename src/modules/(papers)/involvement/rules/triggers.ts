/** How somebody is involved: told, asked for an opinion, or asked to sign the part of their field. None is a veto (R4-01, R4-03). */
export type Form = 'inform' | 'consult' | 'coSign';

export interface Rule {
	id: string;
	officeId: string | null;
	organisationId: string | null;
	form: Form;
	relevance: 'relevant' | 'always';
	departmentId: string | null;
	paperTypeId: string | null;
	/** Empty: any topic. */
	topics: string[];
	answerDays: number;
	urgentDays: number;
	/** ISO days, half-open; those of the rule and of its instruction together. */
	from: string;
	until: string | null;
}

export interface Triggers {
	/** The day whose rules count: a rule replaced later stays for what is under way (rulebook section 4, edge cases). */
	openedOn: string;
	relevant: boolean;
	departmentId: string;
	/** Null while it is open what the matter becomes: rules for any type hit it. */
	paperTypeId: string | null;
	topics: string[];
}

const STRENGTH: Record<Form, number> = { inform: 1, consult: 2, coSign: 3 };

/**
 * Whom a matter has to involve: the rules in force on its first day that hit it. Several may name the same office or body;
 * the strictest form counts, of equal ones the shorter deadline (R4-01).
 */
export function owed(rules: readonly Rule[], matter: Triggers): Rule[] {
	const byAddressee = new Map<string, Rule>();
	for (const rule of rules.filter((one) => hits(one, matter))) {
		const key = rule.officeId ?? rule.organisationId ?? '';
		const known = byAddressee.get(key);
		if (!known || stricter(rule, known)) byAddressee.set(key, rule);
	}
	return [...byAddressee.values()];
}

function hits(rule: Rule, { openedOn, relevant, departmentId, paperTypeId, topics }: Triggers): boolean {
	return (
		rule.from <= openedOn &&
		(rule.until === null || openedOn < rule.until) &&
		(relevant || rule.relevance === 'always') &&
		(rule.departmentId === null || rule.departmentId === departmentId) &&
		// What a matter becomes is often open when it begins: nobody is left out for that.
		(rule.paperTypeId === null || paperTypeId === null || rule.paperTypeId === paperTypeId) &&
		(!rule.topics.length || rule.topics.some((topic) => topics.includes(topic)))
	);
}

function stricter(a: Rule, b: Rule): boolean {
	if (a.form !== b.form) return STRENGTH[a.form] > STRENGTH[b.form];
	if (a.answerDays !== b.answerDays) return a.answerDays < b.answerDays;
	return a.id < b.id;
}
