import type { WriteCtx } from '#kernel/ctx.ts';
import { hashToken } from '#kernel/identity/token.ts';
import { newId } from '#kernel/ids.ts';
import { linkToken } from './links.server.ts';
import { peopleOfBody } from './people.server.ts';

interface Topic {
	title: string;
	text: string;
	origin: 'resident' | 'member' | 'office';
	state: 'received' | 'parked';
	personId?: string | null;
	daysAgo: number;
}

/** So that a new user sees what comes before a session: a poll half answered, ideas to decide on, an idea that is parked. */
export async function addPlanning(tx: WriteCtx, councilBodyId: string, next: Temporal.PlainDate): Promise<void> {
	await addPoll(tx, councilBodyId, next.add({ weeks: 6 }));
	const people = await peopleOfBody(tx, councilBodyId);
	const member = people.find(({ kind, post }) => kind === 'member' && !post);
	const topics: Topic[] = [
		{
			title: 'Wegweiser im Bürgerbüro in mehreren Sprachen',
			text: 'Viele finden das richtige Zimmer nicht. Schilder mit Zeichen und fünf Sprachen würden helfen.',
			origin: 'resident',
			state: 'received',
			daysAgo: 3,
		},
		{
			title: 'Schwimmkurse am Wochenende',
			text: 'Unter der Woche arbeiten die Mütter, am Samstag wäre das Bad frei.',
			origin: 'member',
			state: 'received',
			personId: member?.personId,
			daysAgo: 6,
		},
		{ title: 'Klausur zum Thema Wohnen', text: '', origin: 'office', state: 'parked', daysAgo: 40 },
	];
	for (const { title, text, origin, state, personId = null, daysAgo } of topics) {
		const id = newId();
		await tx.db
			.insertInto('council.topic_proposal')
			.values({
				id,
				council_body_id: councilBodyId,
				title,
				text,
				origin,
				state,
				person_id: personId,
				token_hash: hashToken(linkToken('proposal', id)),
				decided_on: state === 'parked' ? tx.today.subtract({ days: daysAgo }) : null,
				created_at: tx.now.subtract({ hours: 24 * daysAgo }),
				delete_on: tx.today.add({ months: 12 }),
			})
			.execute();
		tx.touch('council.topicProposal', id, { act: state });
	}
}

async function addPoll(tx: WriteCtx, councilBodyId: string, around: Temporal.PlainDate): Promise<void> {
	const pollId = newId();
	await tx.db
		.insertInto('council.date_poll')
		.values({
			id: pollId,
			council_body_id: councilBodyId,
			title: 'Sondersitzung zum Haushalt',
			note: 'Es geht um die Mittel für Sprachkurse und Dolmetschen. Wir rechnen mit anderthalb Stunden.',
			kind: 'extraordinary',
			place_text: 'Altes Rathaus, Ratssaal',
			answer_by: tx.today.add({ days: 10 }),
		})
		.execute();
	const options: string[] = [];
	for (const days of [0, 1, 6]) {
		const id = newId();
		const start = around.add({ days }).toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: '17:00' });
		await tx.db
			.insertInto('council.date_poll_option')
			.values({ id, poll_id: pollId, starts_at: start.toInstant(), ends_at: start.add({ minutes: 90 }).toInstant() })
			.execute();
		options.push(id);
	}
	const asked = (await peopleOfBody(tx, councilBodyId)).filter(({ kind }) => kind === 'member');
	for (const [index, { personId, post, email }] of asked.entries()) {
		const id = newId();
		// The chair and every second member have not answered yet: they find it on their desk.
		const answered = index % 2 === 1 && !post;
		await tx.db
			.insertInto('council.date_poll_voter')
			.values({
				id,
				poll_id: pollId,
				person_id: personId,
				token_hash: hashToken(linkToken('poll', id)),
				answered_at: answered ? tx.now : null,
				mailed_at: email ? tx.now : null,
			})
			.execute();
		if (!answered) continue;
		await tx.db
			.insertInto('council.date_poll_answer')
			.values(
				options.map((option, at) => ({
					voter_id: id,
					option_id: option,
					answer: at === 0 ? 'yes' : (index + at) % 3 === 0 ? 'no' : (index + at) % 3 === 1 ? 'ifNeedBe' : 'yes',
				})),
			)
			.execute();
	}
	tx.touch('council.datePoll', pollId, { act: 'opened' });
}
