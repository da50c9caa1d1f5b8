import type { WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { fold, nameKey } from '#modules/registry';
import { addOrganisation, addPerson, knownOrganisations, knownPersons } from '#server/registry';

/** Finds or adds what an old paper names; the same words are added once. */
export interface Settler {
	/** @param chosen `o:<id>`, `new:<type>` or `none` @returns id; null for nobody */
	organisation(chosen: string, printed: string): Promise<string | null>;
	/** @param chosen `p:<id>` or `new:person` */
	person(chosen: string, name: string): Promise<string | null>;
	/** Only who is known for certain is linked; the printed name stays in any case. */
	signatory(printed: string): Promise<{ name: string; personId: string | null }>;
}

const ADDED: Record<string, { type: Parameters<typeof addOrganisation>[1]['type']; classification: string }> = {
	'new:group': { type: 'group', classification: 'Fraktion' },
	'new:committee': { type: 'committee', classification: 'Ausschuss' },
	'new:department': { type: 'department', classification: '' },
	'new:external': { type: 'external', classification: '' },
};

export function settler(tx: WriteCtx): Settler {
	const added = new Map<string, string>();
	const once = async (key: string, add: () => Promise<string>) => {
		const id = added.get(key) ?? (await add());
		added.set(key, id);
		return id;
	};
	return {
		organisation: async (chosen, printed) => {
			if (chosen === 'none') return null;
			const given = ADDED[chosen];
			const name = printed.replace(/^(?:Der|Die|Das)\s+/u, '').trim();
			if (given) return once(`${chosen} ${fold(name)}`, () => addOrganisation(tx, { name, ...given }));
			const known = await knownOrganisations(tx);
			const found = known.find(({ id }) => `o:${id}` === chosen);
			if (!found) throw new RuleViolation('choiceGone', { name: printed });
			return found.id;
		},
		person: async (chosen, name) => {
			if (chosen === 'new:person') return once(`person ${nameKey(name)}`, () => addPerson(tx, name));
			const found = (await knownPersons(tx)).find(({ id }) => `p:${id}` === chosen);
			if (!found) throw new RuleViolation('choiceGone', { name });
			return found.id;
		},
		signatory: async (printed) => {
			const name = printed.trim();
			if (!name) return { name: '', personId: null };
			const same = (await knownPersons(tx)).filter((person) => nameKey(person.name) === nameKey(name));
			return { name, personId: same.length === 1 ? same[0]!.id : null };
		},
	};
}
