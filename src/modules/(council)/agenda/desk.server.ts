import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, type Question } from '#kernel/db/questions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { DeskItem } from '#kernel/module.ts';
import { meetingTitle, timeRange } from '../ui/labels.ts';
import { myInvitations, type MyInvitation } from './invitation.server.ts';

/** Invitations that wait for this actor's answer, or ask again because the date was changed. */
export function deskItems(ctx: Ctx): Question<DeskItem[]> {
	if (!ctx.actor.personId || !may(ctx.actor, 'council.public')) return known([]);
	return answeredAs(myInvitations(ctx), (invitations) =>
		invitations.filter(({ answer, stale }) => answer === 'open' || stale).map((invitation) => itemOf(ctx, invitation)),
	);
}

function itemOf(ctx: Ctx, invitation: MyInvitation): DeskItem {
	const meeting = meetingTitle(invitation);
	const time = timeRange(invitation.startsAt, invitation.endsAt, { locale: ctx.locale, timeZone: ctx.body.timeZone });
	const facts = [invitation.bodyName, formatDay(invitation.date, 'full', ctx.locale), time].filter(Boolean).join(', ');
	const why = invitation.stale
		? ` ${m.council_agenda_desk_stale()}`
		: invitation.substituteFor
			? ` ${m.council_agenda_desk_stands_for({ name: invitation.substituteFor })}`
			: '';
	const href = `/antwort/${invitation.token}`;
	return {
		id: invitation.id,
		group: 'answer',
		title: m.council_agenda_desk_answer({ meeting }),
		text: `${facts}.${why}`,
		href,
		due: invitation.date,
		action: {
			label: m.council_agenda_desk_answer_yes(),
			href,
			post: { answer: 'yes', version: String(invitation.version) },
		},
		second: { label: m.council_agenda_desk_answer_other(), href },
	};
}
