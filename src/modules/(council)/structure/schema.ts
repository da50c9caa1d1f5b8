import { z } from 'zod';

const text = (max: number) => z.string().trim().max(max);
const needed = (max: number) => text(max).min(1);
/** A day of a date field; an empty one is null. */
const day = z.iso.date();
const freeDay = z.preprocess((value) => (value === '' || value === undefined ? null : value), day.nullable());
const freeId = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.uuid().nullable());
const ticked = z.preprocess((value) => value !== undefined && value !== '', z.boolean());
const freeUrl = z.preprocess(
	(value) => (value === '' || value === undefined ? null : value),
	z
		.url({ protocol: /^https?$/ })
		.max(500)
		.nullable(),
);
const count = (min: number, max: number) => z.coerce.number<string>().int().min(min).max(max);

export const BODY_KINDS = ['council', 'committee', 'board', 'roundTable', 'workingGroup'] as const;
export const SEAT_KINDS = ['delegated', 'resident', 'organisation', 'exOfficio', 'advisory'] as const;
export const SIDES = ['council', 'civilSociety', 'administration'] as const;
export const SUBSTITUTES = ['none', 'named', 'anyOfGroup'] as const;
export const SUCCESSORS = ['none', 'rankedList'] as const;
export const REASONS = [
	'resigned',
	'mandateLost',
	'leftGroup',
	'recalled',
	'movedAway',
	'ineligible',
	'died',
	'other',
] as const;
export type DepartureReason = (typeof REASONS)[number];

const workingGroup = {
	parent: freeId,
	temporary: ticked,
	plannedEnd: freeDay,
	reportDue: freeDay,
};

export const NewBodyForm = z.object({
	name: needed(200),
	shortName: text(60).default(''),
	slug: text(60)
		.regex(/^[a-z0-9-]*$/)
		.default(''),
	kind: z.enum(BODY_KINDS),
	classification: text(60).default(''),
	preset: needed(40),
	from: day,
	seats: ticked,
	visibility: z.enum(['public', 'members']).default('public'),
	advisory: ticked,
	officeLabel: text(80).default(''),
	purpose: text(2000).default(''),
	statuteTitle: text(200).default(''),
	statuteUrl: freeUrl,
	/** A council's term that is known from another body. */
	copyTerm: freeId,
	termName: text(120).default(''),
	councilFrom: freeDay,
	councilUntil: freeDay,
	...workingGroup,
});
export type NewBody = z.output<typeof NewBodyForm>;

export const BodyForm = NewBodyForm.pick({
	name: true,
	shortName: true,
	classification: true,
	visibility: true,
	advisory: true,
	officeLabel: true,
	purpose: true,
	parent: true,
	temporary: true,
	plannedEnd: true,
	reportDue: true,
}).extend({ commissionerOffice: freeId });
export type BodyFacts = z.output<typeof BodyForm>;

export const ClosingForm = z.object({ on: day, report: needed(10_000) });

export const SeatForm = z.object({
	kind: z.enum(SEAT_KINDS),
	count: count(1, 60).default(1),
	voting: ticked,
	organisation: freeId,
	label: text(120).default(''),
	appointedBy: text(120).default(''),
	substitutes: z.enum(SUBSTITUTES).default('none'),
	successors: z.enum(SUCCESSORS).default('none'),
	side: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.enum(SIDES).nullable()),
	resolution: text(200).default(''),
	from: day,
});
export type NewSeats = z.output<typeof SeatForm>;

export const SeatChangeForm = SeatForm.omit({ count: true }).extend({ seat: z.uuid() });
export type SeatChange = z.output<typeof SeatChangeForm>;
export const SeatEndForm = z.object({ seat: z.uuid(), on: day, resolution: text(200).default('') });

/** Somebody from the register, or a new name. */
const someone = { person: freeId, name: text(120).default('') };
export const AppointForm = z.object({ seat: z.uuid(), from: day, ...someone });
export type Appointment = z.output<typeof AppointForm>;
export const OtherMemberForm = z.object({
	kind: z.enum(['substitute', 'successor', 'advisory', 'guest', 'member']),
	from: day,
	rank: z.preprocess((value) => (value === '' || value === undefined ? null : value), count(1, 99).nullable()),
	role: text(120).default(''),
	organisation: freeId,
	...someone,
});
export type OtherMember = z.output<typeof OtherMemberForm>;

/** Somebody is sent into another body (R1-24). */
export const DelegationForm = z.object({
	into: freeId,
	intoName: text(200).default(''),
	role: text(120).default(''),
	voting: ticked,
	from: day,
	...someone,
});
export type NewDelegation = z.output<typeof DelegationForm>;
export const DelegationEndForm = z.object({ id: z.uuid(), until: freeDay });
export type DelegationEnd = z.output<typeof DelegationEndForm>;

export const DepartureForm = z.object({ membership: z.uuid(), reason: z.enum(REASONS), on: day });
export type NewDeparture = z.output<typeof DepartureForm>;
export const IdForm = z.object({ id: z.uuid() });
export const DecideForm = z.object({ id: z.uuid(), on: day });

export const TermForm = z.object({
	name: needed(120),
	electedOn: freeDay,
	councilFrom: freeDay,
	councilUntil: freeDay,
	seats: z.enum(['keep', 'preset', 'none']).default('keep'),
	preset: text(40).default(''),
});
export type NewTerm = z.output<typeof TermForm>;
export const TermFactsForm = TermForm.pick({
	name: true,
	electedOn: true,
	councilFrom: true,
	councilUntil: true,
}).extend({ id: z.uuid() });
export type TermFacts = z.output<typeof TermFactsForm>;
export const DesignateForm = z.object({ seat: z.uuid(), appointedOn: day, ...someone });
export type Designation = z.output<typeof DesignateForm>;
export const DesignateSuccessorForm = z.object({ appointedOn: day, rank: count(1, 99), ...someone });
export type SuccessorDesignation = z.output<typeof DesignateSuccessorForm>;
export const ConstituteForm = z.object({ id: z.uuid(), on: day, sure: z.literal('on') });

export const VersionForm = z.object({
	name: needed(200),
	from: day,
	statuteTitle: text(200).default(''),
	statuteUrl: freeUrl,
});

export const ChairForm = z.object({ chair: z.uuid(), deputy: freeId, deputy2: freeId, on: day });
export const PostEndForm = z.object({
	membership: z.uuid(),
	post: z.enum(['chair', 'deputyChair', 'board', 'speaker', 'managingOffice']),
	on: day,
});
export const OfficeForm = z.object({
	title: needed(160),
	kind: z.enum(['speaker', 'coordinator', 'head', 'commissioner', 'other']),
	from: day,
	...someone,
});
export const HolderForm = z.object({ office: z.uuid(), from: day, ...someone });

export const GroupForm = z.object({ name: needed(200), shortName: text(60).default(''), from: freeDay });
export const GroupContactForm = z.object({ id: z.uuid(), name: needed(120), email: z.email().max(254) });
export const GroupRenameForm = z.object({ id: z.uuid(), name: needed(200), shortName: text(60).default(''), on: day });
export const GroupMergeForm = z.object({ id: z.uuid(), into: z.uuid(), on: day });
export const GroupSplitForm = z.object({ id: z.uuid(), name: needed(200), shortName: text(60).default(''), on: day });
export const GroupEndForm = z.object({ id: z.uuid(), on: day });
