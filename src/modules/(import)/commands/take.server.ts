import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { takeOverMeeting, type TakenOver } from '#server/council';
import { nameKey } from '#modules/registry';
import type { Content } from '../reading/types.ts';
import { isDay } from '../review/fields.ts';
import type { Decision } from '../review/findings.ts';
import { withoutLeftOut } from '../review/form.ts';
import { itemKindOf, outcomeOf } from '../review/outcomes.ts';
import { hasClosedPart, type ReviewedItem } from '../review/publicity.ts';
import { settleBody, settlePeople, type Choices, type Settled } from './settle.server.ts';
import { lockDocument, markTaken } from './taken.server.ts';

/**
 * Turns reviewed minutes into a session of the register: missing body, seats, groups and persons as the reviewer
 * confirmed them, then the session itself, in one transaction.
 * @throws RuleViolation `dateMissing`, `bodyMissing`, `notMinutes`, `documentTaken`, `meetingExists`
 */
export async function takeMinutes(ctx: Ctx, documentId: string, choices: Choices): Promise<{ slug: string }> {
	demand(ctx.actor, 'import.review');
	return write(ctx, async (tx) => {
		const document = await lockDocument(tx, documentId);
		const content = withoutLeftOut(document.corrected as Content, document.decisions as Record<string, Decision>);
		if (content.kind !== 'minutes') throw new RuleViolation('notMinutes');
		if (!content.date || !isDay(content.date)) throw new RuleViolation('dateMissing', {}, '/date');
		const date = Temporal.PlainDate.from(content.date);
		const councilBodyId = await settleBody(tx, content, date, choices);
		const people = await settlePeople(tx, content, date, councilBodyId, choices);
		const meeting = await takeOverMeeting(tx, takenOver(content, date, councilBodyId, people, document));
		await markTaken(tx, documentId, { kind: 'council.meeting', id: meeting.id, name: content.date });
		return { slug: meeting.slug };
	});
}

function takenOver(
	content: Content,
	date: Temporal.PlainDate,
	councilBodyId: string,
	people: Settled,
	document: { file_id: string; name: string },
): TakenOver {
	const personOf = (name: string | null) => (name ? (people.persons.get(nameKey(name)) ?? null) : null);
	return {
		councilBodyId,
		number: content.sessionNumber,
		printedTitle: content.title ?? '',
		date,
		start: time(content.start),
		end: time(content.end),
		place: content.location ?? '',
		public: content.public ?? true,
		chair: { name: content.chair ?? '', personId: personOf(content.chair) },
		minutesTaker: content.minutesTaker ?? '',
		attendance: content.attendance.map((row, index) => ({
			name: row.name,
			personId: personOf(row.name),
			function: row.role ?? '',
			organisation: row.org ?? '',
			grouping: row.group ?? '',
			seatId: people.seats.get(index) ?? null,
			voting: row.voting === true,
			status: row.status,
			substituteForName: row.substituteFor ?? '',
			substituteForPersonId: personOf(row.substituteFor),
			from: time(row.from),
			until: time(row.until),
		})),
		quorum: content.quorum,
		items: content.agenda.map((item) => ({
			number: item.number ?? '',
			title: item.title,
			text: item.text ?? '',
			kind: itemKindOf(item.title),
			result: outcomeOf(item, content.votes),
			public: (item as ReviewedItem).public !== false,
		})),
		votes: content.votes,
		tasks: content.tasks.map(({ item, who, what, due }) => {
			const day = due && isDay(due) ? Temporal.PlainDate.from(due) : null;
			return { item, what, who: who ?? '', due: day, dueText: day ? '' : (due ?? ''), personId: personOf(who) };
		}),
		dates: content.nextDates
			.filter((entry) => isDay(entry.date))
			.map((entry) => ({
				title: entry.title ?? '',
				date: Temporal.PlainDate.from(entry.date),
				start: time(entry.start),
				end: time(entry.end),
				place: entry.location ?? '',
			})),
		papers: mentions(content),
		originalPublic: !hasClosedPart(content.agenda),
		originalFileId: document.file_id,
		originalName: document.name,
	};
}

/** A time as typed; "TOP 5" and other words are no time and stay in the original only. */
function time(text: string | null): Temporal.PlainTime | null {
	return text && /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? Temporal.PlainTime.from(text) : null;
}

/** Each paper number with the first item that names it, in title or text. */
function mentions(content: Content): TakenOver['papers'] {
	return content.paperReferences.map((reference) => {
		const item = content.agenda.find(
			({ title, text }) => title.includes(reference) || (text ?? '').includes(reference),
		);
		return { item: item?.number ?? null, reference };
	});
}
