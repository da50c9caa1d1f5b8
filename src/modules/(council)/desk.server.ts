import * as m from '#messages';
import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { answeredAs, known, listed, type Question } from '#kernel/db/questions.ts';
import { formatDay } from '#kernel/i18n/format.ts';
import type { DeskDone, DeskItem } from '#kernel/module.ts';
import { deskItems as agendaItems } from './agenda/desk.server.ts';
import {
	meetingsToday,
	meetingsToRead,
	meetingsWithoutMinutes,
	myTasks,
	overdueTasks,
	type DueMinutes,
	type MyMeeting,
	type MyTask,
} from './queries/desk.server.ts';
import { entryDesk } from './entry/desk.server.ts';
import { deskItems as planningItems } from './planning/desk.server.ts';
import { structureDesk } from './structure/desk.server.ts';
import { deskItems as writtenItems } from './votes/written/desk.server.ts';
import { itemAnchor } from './ui/anchor.ts';
import { meetingTitle, timeRange } from './ui/labels.ts';

/** What waits for this actor: own tasks, the next agenda to read; for the office also minutes and overdue tasks. */
export function deskItems(ctx: Ctx): Question<DeskItem[]> {
	const tasks = may(ctx.actor, 'council.tasks') ? myTasks(ctx, 'open') : known([]);
	const toRead = may(ctx.actor, 'council.members') ? meetingsToRead(ctx) : known([]);
	return listed(
		todayItems(ctx),
		planningItems(ctx),
		agendaItems(ctx),
		writtenItems(ctx),
		answeredAs(tasks, (rows) => rows.map((task) => taskItem(ctx, task))),
		answeredAs(toRead, (rows) => rows.map((meeting) => readItem(ctx, meeting))),
		may(ctx.actor, 'council.edit') ? officeItems(ctx) : known([]),
		entryDesk(ctx),
		structureDesk(ctx),
	);
}

/** A session of today stands first: the office goes to its screen, a member to its page. */
function todayItems(ctx: Ctx): Question<DeskItem[]> {
	if (!may(ctx.actor, 'council.members') && !may(ctx.actor, 'council.edit')) return known([]);
	return answeredAs(meetingsToday(ctx), (meetings) => meetings.map((meeting) => todayItem(ctx, meeting)));
}

function todayItem(ctx: Ctx, meeting: MyMeeting & { runs: boolean; running: boolean }): DeskItem {
	const page = `/sitzungen/${meeting.slug}`;
	const time = timeRange(meeting.startsAt, meeting.endsAt, { locale: ctx.locale, timeZone: ctx.body.timeZone });
	const facts = [time, meeting.place].filter(Boolean).join(', ');
	return {
		id: `today-${meeting.id}`,
		group: meeting.runs ? 'office' : 'read',
		title: m.council_desk_today({ meeting: meetingTitle(meeting) }),
		text: facts ? `${facts}.` : '',
		href: page,
		due: meeting.date,
		action: meeting.runs
			? { label: m.council_desk_today_room(), href: `${page}/verlauf` }
			: { label: meeting.running ? m.council_desk_today_follow() : m.council_desk_read(), href: page },
	};
}

/** Tasks reported done that can still be taken back. */
export function deskDone(ctx: Ctx): Question<DeskDone[]> {
	if (!may(ctx.actor, 'council.tasks')) return known([]);
	return answeredAs(myTasks(ctx, 'done'), (tasks) =>
		tasks.map((task) => ({
			id: task.id,
			title: task.what,
			titleLang: 'de',
			href: pageOf(task),
			doneOn: task.doneOn!,
			undo: { label: m.council_desk_undo(), href: '/aufgaben?/offen', post: { id: task.id } },
		})),
	);
}

function taskItem(ctx: Ctx, task: MyTask): DeskItem {
	const date = formatDay(task.meeting.date, 'long', ctx.locale);
	const from = task.itemNumber
		? m.council_task_from_item({ date, number: task.itemNumber })
		: m.council_task_from({ date });
	return {
		id: task.id,
		group: 'task',
		title: task.what,
		titleLang: 'de',
		text: `${from}.${task.due || !task.dueText ? '' : ` ${task.dueText}`}`,
		href: pageOf(task),
		due: task.due ?? undefined,
		action: { label: m.council_desk_done(), href: '/aufgaben?/erledigt', post: { id: task.id } },
		second: { label: m.council_desk_task_open(), href: pageOf(task) },
	};
}

function pageOf({ meeting, itemNumber, itemId }: MyTask): string {
	return `/sitzungen/${meeting.slug}${itemId ? `#${itemAnchor(itemNumber, itemId)}` : ''}`;
}

function readItem(ctx: Ctx, meeting: MyMeeting): DeskItem {
	const time = timeRange(meeting.startsAt, meeting.endsAt, { locale: ctx.locale, timeZone: ctx.body.timeZone });
	const facts = [m.council_desk_items({ count: meeting.items }), time, meeting.place].filter(Boolean).join(', ');
	return {
		id: meeting.id,
		group: 'read',
		title: meetingTitle(meeting),
		text: `${facts}.`,
		href: `/sitzungen/${meeting.slug}`,
		due: meeting.date,
		action: { label: m.council_desk_read(), href: `/sitzungen/${meeting.slug}#to` },
		second: { label: m.council_desk_calendar(), href: `/sitzungen/${meeting.slug}.ics` },
	};
}

function officeItems(ctx: Ctx): Question<DeskItem[]> {
	return listed(
		answeredAs(meetingsWithoutMinutes(ctx), (meetings) => meetings.map((meeting) => minutesItem(ctx, meeting))),
		answeredAs(overdueTasks(ctx), (count) => (count ? [overdueItem(count)] : [])),
	);
}

function minutesItem(ctx: Ctx, meeting: DueMinutes): DeskItem {
	return {
		id: meeting.id,
		group: 'office',
		title: m.council_desk_minutes({ meeting: meetingTitle(meeting) }),
		text: m.council_desk_minutes_text({ date: formatDay(meeting.date, 'long', ctx.locale) }),
		href: `/sitzungen/${meeting.slug}`,
		due: meeting.due ?? undefined,
		action: meeting.held
			? { label: m.council_minutes_desk_open(), href: `/sitzungen/${meeting.slug}/niederschrift` }
			: { label: m.council_desk_meeting(), href: `/sitzungen/${meeting.slug}` },
	};
}

function overdueItem(count: number): DeskItem {
	return {
		id: 'overdue',
		group: 'office',
		title: m.council_desk_overdue({ count }),
		text: m.council_desk_overdue_text(),
		href: '/aufgaben',
		action: { label: m.council_desk_overdue_see(), href: '/aufgaben' },
	};
}
