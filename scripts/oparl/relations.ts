/** Rules of OParl 1.1 between objects: what stands inside another one, who names whom, what comes after what. */
import type { Findings } from './finding.ts';
import { typeOf, type Json } from './objects.ts';

/** Inside which property of whom: the property that leads back to it, where the inner object is met alone. */
const BACK: Record<string, { of: string; property: string; back: string }> = {
	AgendaItem: { of: 'Meeting', property: 'agendaItem', back: 'meeting' },
	Consultation: { of: 'Paper', property: 'consultation', back: 'paper' },
	Membership: { of: 'Person', property: 'membership', back: 'person' },
};

/** Checks one object by itself: times and days in their order, items numbered as they stand. */
export function checkOrder(object: Json, findings: Findings): void {
	const where = String(object.id);
	if (!object.created || !object.modified) findings.add('an object does not say created and modified', where);
	if (isAfter(object.created, object.modified)) findings.add('modified lies before created', where);
	if (isAfter(object.start, object.end)) findings.add('it ends before it starts', where);
	if (isAfter(object.startDate, object.endDate)) findings.add('its last day lies before its first', where);
	const items = object.agendaItem;
	if (typeOf(object) === 'Meeting' && Array.isArray(items) && items.some((item: Json, at) => item.order !== at))
		findings.add('AgendaItem.order is not the place in its meeting, counted from 0', where);
}

function isAfter(first: unknown, second: unknown): boolean {
	return typeof first === 'string' && typeof second === 'string' && Date.parse(first) > Date.parse(second);
}

/**
 * Checks what one body's lists say of each other: an object that stands inside another stands in the list of its own type as well, and
 * leads back to the one it stands in.
 * @param lists objects of the external lists by type
 */
export function checkRelations(lists: ReadonlyMap<string, readonly Json[]>, findings: Findings): void {
	const ids = new Map([...lists].map(([type, objects]) => [type, new Set(objects.map(({ id }) => String(id)))]));
	for (const objects of lists.values())
		for (const object of objects)
			for (const [key, value] of Object.entries(object))
				for (const inner of [value].flat()) {
					if (!inner || typeof inner !== 'object' || !('id' in inner)) continue;
					const type = typeOf(inner as Json);
					if (type && ids.has(type) && !ids.get(type)!.has(String((inner as Json).id)))
						findings.add(`a ${type} stands inside another object, not in the list of its type`, `${object.id} ${key}`);
				}
	for (const [type, { of, property, back }] of Object.entries(BACK)) {
		const outer = new Map((lists.get(of) ?? []).map((object) => [String(object.id), object]));
		for (const object of lists.get(type) ?? []) {
			const inside = (outer.get(String(object[back]))?.[property] ?? []) as Json[];
			if (!inside.some(({ id }) => id === object.id))
				findings.add(`${type}.${back} leads to none that has it inside`, String(object.id));
		}
	}
}
