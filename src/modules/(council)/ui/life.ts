import * as m from '#messages';
import { joinParts } from '#kernel/i18n/format.ts';
import type { Station } from '#ui/types.ts';
import type { MeetingView } from '../view.ts';
import { day, timeRange, type Speech } from './labels.ts';

/** The life of a session as a line: invited, held, minutes signed; an old record stands as taken over, a cancelled one ends. */
export function lifeOf(meeting: MeetingView, today: string, speech: Speech): Station[] {
	const held = {
		...at(meeting.date, speech),
		when: joinParts([day(meeting.date, 'dayMonth', speech), times(meeting, speech)], speech.locale),
	};
	if (meeting.state === 'takenOver') {
		return [
			{ what: m.council_life_met(), ...held, state: 'done' },
			meeting.takenFrom
				? { what: m.shell_taken_from({ source: meeting.takenFrom.source }), state: 'done' }
				: { what: m.council_life_taken_over(), note: m.council_life_taken_over_note(), state: 'done' },
		];
	}
	const invited = meeting.invitedOn
		? { what: m.council_life_invited(), ...at(meeting.invitedOn, speech), state: 'done' as const }
		: { what: m.council_life_planned(), state: 'done' as const };
	// What was cancelled neither meets nor has minutes.
	if (meeting.cancelled) return [invited];
	const over = meeting.state === 'held' || meeting.state === 'minutesSigned' || meeting.date < today;
	const running = meeting.state === 'running';
	return [
		invited,
		{
			what: over ? m.council_life_met() : m.council_life_meets(),
			...held,
			state: over ? 'done' : running ? 'here' : 'todo',
		},
		meeting.minutesSignedOn
			? { what: m.council_life_minutes(), ...at(meeting.minutesSignedOn, speech), state: 'done' }
			: { what: m.council_life_minutes(), state: 'todo' },
	];
}

function at(date: string, speech: Speech): { when: string; datetime: string } {
	return { when: day(date, 'dayMonth', speech), datetime: date };
}

function times(meeting: MeetingView, speech: Speech): string {
	return meeting.openedAt
		? timeRange(meeting.openedAt, meeting.closedAt, speech)
		: timeRange(meeting.startsAt, meeting.endsAt, speech);
}
