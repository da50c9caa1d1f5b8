import { formatTime } from '#kernel/i18n/format.ts';
import { conveningState } from '../../agenda/rules/defect.ts';
import type { MinutesContent, Said } from './content.ts';
import { day } from './day.ts';
import type { Source } from './record.ts';
import { sentence } from './sentence.ts';
import { say, type Sentence, type Style, type Values } from './style.ts';

/** Opening, convening, quorum with its sum, agenda: in the order in which they happen (rulebook R2-20). */
export function openingSentences(source: Source): Said[] {
	const { meeting, style, timeZone } = source;
	const said: [Sentence, Values][] = [];
	if (!meeting.openedAt && !meeting.closedAt) return [];
	const chair = source.opener || source.chair.name;
	if (chair && meeting.openedAt) said.push(['opening', { chair, time: formatTime(meeting.openedAt, 'de', timeZone) }]);
	else if (chair) said.push(['openingPlain', { chair }]);
	if (meeting.invitedOn) said.push(['convened', { date: day(meeting.invitedOn) }]);
	if (meeting.quorum) {
		const { present, base, needed, quorate, because } = meeting.quorum.computed.outcome;
		const key = !quorate ? 'quorumLacking' : because === 'secondConvening' ? 'quorumSecond' : 'quorum';
		said.push([key, { present, base, needed }]);
	}
	const lines = said.flatMap(([key, values]) => sentence(source, key, key, values));
	const before = lines.findIndex(({ key }) => key.startsWith('quorum'));
	lines.splice(before < 0 ? lines.length : before, 0, ...conveningDefects(source));
	return [...lines, ...furtherQuorums(source), ...agendaSentence(source, style)];
}

/**
 * Defects of the convening: a period that was not kept, as it was found when the invitation went out, and what the chair said
 * at the opening. It heals if all voting members are there and nobody objects (rulebook R2-06).
 */
function conveningDefects(source: Source): Said[] {
	const { meeting, convening } = source;
	const said: Said[] = [];
	const notice = meeting.notice;
	if (notice && !notice.outcome.kept)
		said.push(
			...(notice.outcome.urgent
				? sentence(source, 'conveningUrgent', 'conveningUrgent', { last: day(notice.outcome.lastDay) })
				: sentence(source, 'conveningLate', 'conveningLate', {
						sent: day(notice.inputs.sentOn),
						last: day(notice.outcome.lastDay),
					})),
		);
	if (!convening || convening.proper) return said;
	const note = convening.note.trim().replace(/\.$/, '');
	said.push(
		...sentence(source, 'conveningDefect', 'conveningDefect', { note: note && `: ${note}` }, { note: '' }),
		...conveningEffect(source, convening.objectedBy ?? ''),
	);
	return said;
}

function conveningEffect(source: Source, name: string): Said[] {
	if (name) return sentence(source, 'conveningObjected', 'conveningObjected', { name });
	const outcome = source.meeting.quorum?.computed.outcome;
	if (!outcome) return [];
	const { state } = conveningState({
		noticeOk: false,
		allInvited: true,
		votingMembers: Array.from({ length: outcome.base }, (_, seat) => String(seat)),
		present: Array.from({ length: outcome.present }, (_, seat) => String(seat)),
		objecting: [],
	});
	const key = state === 'healed' ? 'conveningHealed' : 'conveningUnhealed';
	return sentence(source, key, key, {});
}

/** In a joint session each body is quorate or not by itself. */
function furtherQuorums(source: Source): Said[] {
	return source.meeting.furtherQuorums.flatMap(({ bodyName: body, computed }) => {
		const { present, base, needed, quorate } = computed.outcome;
		const key = quorate ? 'quorumOf' : 'quorumOfLacking';
		return sentence(source, `${key}:${body}`, key, { body, present, base, needed });
	});
}

function agendaSentence(source: Source, style: Style): Said[] {
	const { changes } = source;
	if (!changes.length) return source.agendaConfirmed ? sentence(source, 'agenda', 'agendaUnchanged', {}) : [];
	const words = (shown: typeof changes) =>
		shown
			.map(({ act, title, reason }) => {
				const change = say(style, `change.${act}`, { title });
				return reason ? say(style, 'change.because', { change, reason }) : change;
			})
			.join('; ');
	const [line] = sentence(source, 'agenda', 'agendaChanged', { changes: words(changes) });
	const open = changes.filter((change) => change.public);
	if (!line || open.length === changes.length) return line ? [line] : [];
	const publicText = open.length
		? say(style, 'agendaChanged', { changes: words(open) })
		: say(style, 'agendaUnchanged');
	return [{ ...line, publicText }];
}

export function endSentence(source: Source): Said[] {
	const { meeting, timeZone } = source;
	const chair = source.chair.name;
	if (!meeting.closedAt || !chair) return [];
	const time = formatTime(meeting.closedAt, 'de', timeZone);
	return sentence(source, 'end', source.closedWithoutQuorum ? 'endNoQuorum' : 'end', { chair, time });
}

export function quorumOf({ meeting, style }: Source): MinutesContent['quorum'] {
	if (!meeting.quorum || style.name !== 'results') return null;
	const { inputs, outcome, citations } = meeting.quorum.computed;
	const { present, base, needed, quorate, because } = outcome;
	const key: Sentence = !quorate ? 'quorumLacking' : because === 'secondConvening' ? 'quorumSecond' : 'quorum';
	const step = (label: Sentence, value: number, result = false) => ({
		label: say(style, label),
		value: String(value),
		result,
	});
	return {
		sentence: say(style, key, { present, base, needed }),
		steps: [
			step('quorum.base', base),
			step('quorum.needed', needed),
			step('quorum.members', inputs.members),
			step('quorum.substitutes', inputs.substitutes),
			step('quorum.present', present, true),
		],
		source: citations.map(({ text }) => text).join('; '),
	};
}
