import * as m from '#messages';
import type { TemplateData } from '#kernel/documents/render.ts';
import type { ItemView, MeetingView } from '../view.ts';
import type { Words } from './phrases.ts';

type Agenda = TemplateData<'agenda'>['agenda'];
type Item = Agenda['parts'][number]['items'][number];

/** The agenda as it stands, without what was taken off, in its public and its closed part. */
export function agendaOf(meeting: MeetingView, words: Words): Agenda {
	const part = (heading: string, items: ItemView[]) => ({ heading, items: items.map((item) => itemOf(item, words)) });
	const shown = meeting.items.filter((item) => !item.removed);
	const open = shown.filter((item) => item.public);
	const closed = shown.filter((item) => !item.public);
	return {
		heading: m.council_agenda(),
		parts: [
			...(open.length ? [part(m.council_agenda_public(), open)] : []),
			...(closed.length ? [part(m.council_agenda_closed(), closed)] : []),
		],
	};
}

function itemOf(item: ItemView, words: Words): Item {
	return {
		number: item.number.slice(0, 12),
		title: item.title ? words.german(item.title) : m.council_item_closed(),
		lines: item.papers.length ? [{ label: m.council_item_papers(), text: words.german(item.papers.join(', ')) }] : [],
	};
}
