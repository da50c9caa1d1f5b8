import { fieldOf, readFields } from '../labels.ts';
import { toLines } from '../lines.ts';

const LABEL =
	/^(?:(?:betroffene[rs]? )?(?:stadtteile?|ortsteile?|stadtbezirke?|stadtgebiete?|gemeindeteile?|ortschaften|ortschaft)|raumbezug|ortlicher bezug|raumlicher bezug)$/;

/** Lines in which a form says such a thing; further down the words speak of something else. */
const HEAD = 60;

/** What the form head of a paper says of parts of the town ("Stadtteil: Nordhafen, Altstadt"), as it is printed; empty where it says nothing. */
export function districtsField(text: string): string {
	const field = fieldOf(readFields(toLines(text).slice(0, HEAD)), LABEL);
	return field && field.value.text.length < 300 ? field.value.text.trim() : '';
}
