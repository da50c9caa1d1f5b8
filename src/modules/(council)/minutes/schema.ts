import { z } from 'zod';

const id = z.string().max(60);
const orNull = (value: unknown) => (value === '' || value === undefined ? null : value);
const text = (length: number) => z.string().max(length).default('');
const count = z.coerce.number().int().min(0).max(9999).default(0);

/** Forms of the minutes' page, each by the name of its act. Missing words are refused by the commands, which say why. */
export const TextForm = z.object({ item: id, text: text(200_000), base: z.string().max(64).default('') });
export const SentenceForm = z.object({
	key: z.string().min(1).max(200),
	text: text(5000),
	standard: z.string().optional(),
});
export const StatementForm = z.object({ item: id, name: text(200), text: text(20_000) });
export const RemoveStatementForm = z.object({ item: id, position: count });
export const CommentForm = z.object({ item: z.preprocess(orNull, id.nullable()), text: text(5000) });
export const SettleCommentForm = z.object({ id, open: z.string().optional() });
export const SignForm = z.object({
	role: z.enum(['chair', 'minuteTaker', 'office', 'member']),
	function: text(200),
	seen: z.string().max(128).default(''),
});
export const PaperForm = SignForm.omit({ seen: true }).extend({ name: text(200), on: z.iso.date() });
export const WithdrawForm = z.object({ reason: text(1000) });
export const ObjectionForm = z.object({
	item: z.preprocess(orNull, id.nullable()),
	text: text(5000),
	wanted: text(20_000),
});
export const AttachForm = z.object({ item: id, titel: text(200), oeffentlich: z.string().optional() });
export const DetachForm = z.object({ item: id, file: id });
export const TaskForm = z.object({
	id: z.string().max(60).default(''),
	item: id,
	what: text(500),
	who: text(500),
	due: z.union([z.literal(''), z.iso.date()]).default(''),
});
export const DropTaskForm = z.object({ id, item: id });
export const DecisionForm = z.object({
	id,
	item: z.preprocess(orNull, id.nullable()),
	yes: count,
	no: count,
	abstain: count,
	note: text(2000),
	corrected: text(200_000),
});
export const ApproveForm = z.object({
	slug: z.string().max(100),
	part: z.enum(['public', 'closed']),
	item: z.preprocess(orNull, id.nullable()),
});
export const CorrectForm = z.object({
	item: z.preprocess(orNull, id.nullable()),
	text: text(200_000),
	reason: text(1000),
});
export const STATUS = ['present', 'remote', 'excused', 'absent'] as const;
export const AnnounceForm = z.object({
	id,
	state: z.enum(['open', 'announced', 'withheld']),
	item: z.preprocess(orNull, id.nullable()),
	text: text(5000),
	reason: text(1000),
});
