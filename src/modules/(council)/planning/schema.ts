import { z } from 'zod';

/** Codes instead of sentences: the page has the words. */
export const title = z.string('title').trim().min(1, 'title').max(300, 'long');
export const longText = z.string().trim().max(5000, 'long').catch('');
export const day = z.iso.date('date');
export const time = z.string('time').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time');
export const maybeTime = z.union([z.literal(''), time], { error: 'time' });
export const id = z.uuid('body');

export const MEETING_KINDS = ['constituting', 'regular', 'extraordinary', 'retreat', 'joint'] as const;

export const PollForm = z.object({
	councilBodyId: id,
	title,
	note: longText,
	kind: z.enum(MEETING_KINDS).catch('regular'),
	public: z.boolean(),
	place: z.string().trim().max(300, 'long').catch(''),
	answerBy: day,
	options: z.array(
		z
			.object({ date: day, from: time, until: maybeTime })
			.refine(({ from, until }) => until === '' || until > from, { message: 'end', path: ['until'] }),
	),
});
export type NewPoll = z.infer<typeof PollForm>;

/** A topic for an agenda. Only the title is asked for; whoever wants an answer by mail gives an address. */
export const TopicForm = z.object({
	councilBodyId: id,
	title,
	text: longText,
	name: z.string().trim().max(200, 'long').catch(''),
	email: z.union([z.literal(''), z.email('email').max(254, 'long')], { error: 'email' }),
});
export type NewTopic = z.infer<typeof TopicForm>;

export const EventForm = z
	.object({
		title,
		text: longText,
		date: day,
		from: maybeTime,
		until: maybeTime,
		place: z.string().trim().max(300, 'long').catch(''),
	})
	.refine(({ from, until }) => !until || until > from, { message: 'end', path: ['until'] });
export type NewEvent = z.infer<typeof EventForm>;

export const RhythmForm = z
	.object({
		weekday: z.coerce.number().int().min(1).max(7).catch(3),
		week: z.coerce.number().int().min(1).max(5).catch(2),
		months: z.array(z.coerce.number().int().min(1).max(12)).min(1, 'months'),
		from: time,
		until: maybeTime,
		onDayOff: z.enum(['after', 'before', 'skip']).catch('after'),
	})
	.refine(({ from, until }) => !until || until > from, { message: 'end', path: ['until'] });

export const YearDatesForm = z.object({
	dates: z.array(day),
	from: time,
	until: maybeTime,
	place: z.string().trim().max(300, 'long').catch(''),
	public: z.boolean(),
});
export type YearDates = z.infer<typeof YearDatesForm>;

export const DayOffForm = z
	.object({
		name: z.string('title').trim().min(1, 'title').max(200, 'long'),
		kind: z.enum(['holiday', 'schoolHoliday']).catch('holiday'),
		from: day,
		last: z.union([z.literal(''), day], { error: 'date' }),
	})
	.refine(({ from, last }) => !last || last >= from, { message: 'end', path: ['last'] });
export type NewDayOff = z.infer<typeof DayOffForm>;

export const ConveningForm = z.object({ councilBodyId: id, title, text: longText });
