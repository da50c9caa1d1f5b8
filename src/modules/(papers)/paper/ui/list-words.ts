import * as m from '#messages';

/** What the list is narrowed to, as the page knows it. */
export interface FilterView {
	text: string;
	type: string;
	year: number | null;
	department: string;
	originator: string;
	topic: string;
	district: string;
	state: string;
	relevant: string;
}

type Named = { id: string; name: string }[];

/** The filter as parameters of an address. */
export function filterParams(filter: FilterView): Record<string, string> {
	const all = {
		q: filter.text,
		typ: filter.type,
		jahr: filter.year ? String(filter.year) : '',
		von: filter.originator,
		amt: filter.department,
		thema: filter.topic,
		stadtteil: filter.district,
		betroffen: filter.relevant,
		status: filter.state,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

/** Each word that narrows the list, with the parameter it comes from. */
export function filterWords(
	filter: FilterView,
	choices: { types: Named; departments: Named; originators: Named; topics: Named; districts: Named },
): { name: string; label: string }[] {
	const nameOf = (rows: Named, id: string) => rows.find((row) => row.id === id)?.name ?? '';
	const words: Record<string, string> = {
		q: filter.text,
		typ: nameOf(choices.types, filter.type),
		jahr: filter.year ? String(filter.year) : '',
		von: nameOf(choices.originators, filter.originator),
		amt: nameOf(choices.departments, filter.department),
		thema: nameOf(choices.topics, filter.topic),
		stadtteil: nameOf(choices.districts, filter.district),
		betroffen:
			filter.relevant === 'ja' ? m.papers_paper_word_touched() : filter.relevant && m.papers_paper_word_untouched(),
		status: filter.state === 'withdrawn' ? m.papers_paper_withdrawn() : filter.state && m.papers_paper_state_filed(),
	};
	return Object.entries(words).flatMap(([name, label]) => (label ? [{ name, label }] : []));
}
