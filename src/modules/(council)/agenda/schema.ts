import { z } from 'zod';
import { CLOSED_CODES, ITEM_KINDS } from './rules/items.ts';

const text = (max: number) => z.string().trim().max(max);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const id = z.uuid();
const optionalId = z
	.union([id, z.literal('').transform(() => null)])
	.nullable()
	.default(null);
const checked = z.preprocess((value) => value === 'on' || value === true || value === 'true', z.boolean());
const clock = z
	.union([time, z.literal('').transform(() => null)])
	.nullable()
	.default(null);

export const MODES = ['room', 'hybrid', 'video'] as const;
export const MEETING_KINDS = ['regular', 'extraordinary', 'constituting', 'joint', 'retreat'] as const;

/** When, where and how: asked on creating a session and when it is moved. */
const Circumstances = {
	date: z.iso.date(),
	start: clock,
	/** Earlier than the start: the session goes on after midnight. */
	end: clock,
	place: optionalId,
	placeName: text(160).default(''),
	room: text(160).default(''),
	street: text(160).default(''),
	accessibility: text(300).default(''),
	mode: z.enum(MODES).default('room'),
	joinUrl: z.union([z.url({ protocol: /^https?$/ }).max(500), z.literal('')]).default(''),
	languageHelp: text(300).default(''),
};

export const NewMeeting = z.object({
	/** Made by the page, so that a form sent twice makes one session. */
	id,
	body: z.string().min(1).max(200),
	kind: z.enum(MEETING_KINDS).default('regular'),
	/** Slug of the body that meets with this one in a joint session; the inviting one leads. */
	with: text(200).default(''),
	public: checked.default(false),
	number: z
		.union([z.coerce.number().int().min(1).max(9999), z.literal('').transform(() => null)])
		.nullable()
		.default(null),
	title: text(300).default(''),
	...Circumstances,
});
export type NewMeeting = z.output<typeof NewMeeting>;

export const ChangedMeeting = z.object({ title: text(300).default(''), ...Circumstances });
export type ChangedMeeting = z.output<typeof ChangedMeeting>;

export const ItemForm = z
	.object({
		title: z.string().trim().min(1).max(400),
		kind: z.enum(ITEM_KINDS).default('topic'),
		/** Ticked: closed. */
		closed: checked.default(false),
		closedCode: z.union([z.enum(CLOSED_CODES), z.literal('')]).default(''),
		closedBasis: text(200).default(''),
		neutralTitle: text(200).default(''),
		reporter: optionalId,
		reporterText: text(200).default(''),
		reviewsTasks: checked.default(false),
		papers: text(400).default(''),
	})
	.superRefine((item, check) => {
		if (!item.closed) return;
		for (const field of ['closedCode', 'closedBasis', 'neutralTitle'] as const)
			if (!item[field]) check.addIssue({ code: 'custom', path: [field], message: 'closed' });
	});
export type ItemForm = z.output<typeof ItemForm>;

/** A proposal that is put on the agenda, with what a closed item needs and why it comes so late. */
export const ProposalForm = z.object({
	key: z.string().min(1).max(200),
	grund: text(500).default(''),
	closedCode: z.union([z.enum(CLOSED_CODES), z.literal('')]).default(''),
	closedBasis: text(200).default(''),
	neutralTitle: text(200).default(''),
});

export const TemplateForm = z.object({
	titlePattern: z.string().trim().min(1).max(200),
	numbering: z.enum(['year', 'term']),
	start: time,
	minutes: z.coerce.number().int().min(15).max(1440),
	place: optionalId,
	mode: z.enum(MODES),
	reminders: text(60)
		.default('')
		.transform((words, check) => {
			const days = words
				.split(/[\s,;]+/)
				.filter(Boolean)
				.map(Number);
			if (days.some((day) => !Number.isInteger(day) || day < 0 || day > 60)) {
				check.addIssue({ code: 'custom', message: 'days' });
				return z.NEVER;
			}
			return [...new Set(days)].sort((a, b) => b - a);
		}),
});
export type TemplateForm = z.output<typeof TemplateForm>;

export const TemplateGuestForm = z.object({
	label: z.string().trim().min(1).max(160),
	office: optionalId,
	places: z.coerce.number().int().min(1).max(50).default(1),
});

export const GuestForm = z.object({
	label: text(160).default(''),
	office: optionalId,
	organisation: optionalId,
	name: text(160).default(''),
	email: z.union([z.email().max(254), z.literal('')]).default(''),
});
export type GuestForm = z.output<typeof GuestForm>;

export const NominationForm = z.object({
	item: id,
	name: z.string().trim().min(1).max(160),
	note: text(300).default(''),
});

export const AnswerForm = z.object({
	answer: z.enum(['yes', 'no', 'late', 'remote', 'substitute']),
	reason: text(500).default(''),
	arrives: clock,
	substitute: optionalId,
	version: z.coerce.number().int().min(1).default(1),
});
export type AnswerForm = z.output<typeof AnswerForm>;

/** Numbers of papers as somebody types them, parted by commas or lines. */
export function paperNumbers(words: string): string[] {
	return [
		...new Set(
			words
				.split(/[,;\n]+/)
				.map((word) => word.trim())
				.filter(Boolean),
		),
	].slice(0, 20);
}
