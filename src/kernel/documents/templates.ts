/**
 * What each template takes. All words come from here: templates know layout and no language. Zod turns texts of the
 * shared block format into Typst markup in which every word is a string literal (see `#kernel/text/typst.ts`).
 */
import { z } from 'zod';
import { Lang, TextDocument } from '../text/schema.ts';
import { toTypst } from '../text/typst.ts';

/** A few words; with a language where it differs from the document's (the German title of a paper, say). */
const Phrase = z.union([z.string(), z.strictObject({ text: z.string(), lang: Lang })]).transform((phrase) => {
	if (typeof phrase === 'string') return phrase;
	const { language, region } = new Intl.Locale(phrase.lang.tag);
	return { text: phrase.text, language, region: region ?? null, direction: phrase.lang.dir };
});

const Text = TextDocument.transform((text) => ({ markup: toTypst(text) }));

/** First page's head, and what repeats on every page. */
const Letterhead = z
	.strictObject({
		/** The town's name, e.g. `Elbstadt`. */
		town: Phrase,
		/** Who speaks, e.g. `Beirat für Integration und Migration`. */
		body: Phrase.optional(),
		/** The sign beside the town's name: one or two letters; the town's first letter if nothing is said. */
		mark: z.string().max(4).optional(),
		/** The town's colour, dark enough for white letters. */
		accent: z
			.string()
			.regex(/^#[0-9a-f]{6}$/i)
			.optional(),
	})
	.transform((head) => ({ ...head, mark: head.mark ?? firstLetter(head.town) }));

function firstLetter(town: string | { text: string }): string {
	const name = typeof town === 'string' ? town : town.text;
	return [...new Intl.Segmenter().segment(name)][0]?.segment ?? '';
}

/** Common to all templates. */
const page = {
	letterhead: Letterhead,
	/** E.g. `Seite {page} von {pages}`. */
	pageLabel: z.string().includes('{page}'),
	/** Stands large behind every page, e.g. `Entwurf`. Not read aloud: say it in the text as well. */
	watermark: z.string().max(30).optional(),
	/** Last line at the foot of every page, e.g. version and date of printing. */
	footnote: Phrase.optional(),
};

const head = {
	/** What it is, above the title: `Niederschrift`. */
	kind: Phrase.optional(),
	heading: Phrase,
	subtitle: Phrase.optional(),
	lead: Phrase.optional(),
	facts: z.array(z.strictObject({ term: Phrase, detail: Phrase })).default([]),
};

const Column = z.strictObject({
	label: Phrase,
	/** Figures stand at the end of their column, words at its start. */
	figures: z.boolean().default(false),
	/** Share of the width against the other columns. */
	share: z.number().positive().max(20).default(1),
});

const PlainTable = z
	.strictObject({ caption: Phrase.optional(), columns: z.array(Column).min(1), rows: z.array(z.array(Phrase)) })
	.refine((table) => table.rows.every((row) => row.length === table.columns.length), {
		message: 'a row has another number of cells than there are columns',
	});

const Attendance = z.strictObject({
	heading: Phrase,
	columns: z.strictObject({ name: Phrase, role: Phrase, state: Phrase }),
	groups: z.array(
		z.strictObject({
			name: Phrase,
			rows: z.array(
				z.strictObject({
					name: Phrase,
					role: Phrase.optional(),
					/** `anwesend`, `entschuldigt`, or who stood in: `vertreten durch Petra Lüdersen`. */
					state: Phrase,
					/** The drawn mark beside the words: full, half, hollow, none. */
					mark: z.enum(['present', 'substituted', 'absent', 'unknown']),
				}),
			),
		}),
	),
	note: Phrase.optional(),
});

const Quorum = z.strictObject({
	heading: Phrase,
	/** The result in words: `9 von 15 anwesend, nötig sind 8`. */
	sentence: Phrase,
	columns: z.tuple([Phrase, Phrase]),
	steps: z.array(z.strictObject({ label: Phrase, value: z.string(), result: z.boolean().default(false) })),
	/** Where the rule stands: `§ 7 Abs. 2 der Satzung`. */
	source: Phrase.optional(),
});

const Vote = z.strictObject({
	/** In words, with the figures: `6 Ja, 1 Nein, 2 Enthaltungen`. */
	sentence: Phrase,
	/** The drawn marks beside the words. */
	marks: z
		.strictObject({ yes: z.int().min(0).max(200), no: z.int().min(0).max(200), abstained: z.int().min(0).max(200) })
		.optional(),
});

const AgendaItem = z.strictObject({
	number: z.string().max(12),
	title: Phrase,
	/** Second voice under the title: who reports, which paper, `nichtöffentlich`. */
	note: Phrase.optional(),
	/** The result in a word or two, then its votes. */
	result: Phrase.optional(),
	vote: Vote.optional(),
	text: Text.optional(),
	resolutions: z
		.array(z.strictObject({ label: Phrase, text: Text, result: Phrase.optional(), vote: Vote.optional() }))
		.default([]),
	/** Papers, tasks and other lines with a label. */
	lines: z.array(z.strictObject({ label: Phrase, text: Phrase })).default([]),
});

const Agenda = z.strictObject({
	heading: Phrase,
	parts: z.array(z.strictObject({ heading: Phrase.optional(), items: z.array(AgendaItem) })),
});

const Signatures = z.strictObject({
	heading: Phrase.optional(),
	/** Place and date: `Elbstadt, 16. November 2026`. */
	place: Phrase.optional(),
	signers: z.array(z.strictObject({ name: Phrase.optional(), role: Phrase, state: Phrase.optional() })).min(1),
	note: Phrase.optional(),
});

const Section = z.strictObject({
	heading: Phrase.optional(),
	/** 1 is a section, 2 a part of the section before. */
	level: z.union([z.literal(1), z.literal(2)]).default(1),
	facts: head.facts,
	text: Text.optional(),
	table: PlainTable.optional(),
});

const Minutes = z.strictObject({
	...page,
	...head,
	attendance: Attendance.optional(),
	quorum: Quorum.optional(),
	agenda: Agenda,
	tasks: z.strictObject({ heading: Phrase, table: PlainTable }).optional(),
	sections: z.array(Section).default([]),
	signatures: Signatures.optional(),
});

const correspondence = {
	...page,
	/** One line above the address: the sender, short. */
	sender: Phrase.optional(),
	/** The address, line by line. */
	recipient: z.array(Phrase).max(9).default([]),
	/** Date, reference, contact: beside the address. */
	facts: head.facts,
	subject: Phrase,
	text: Text,
	/** The closing formula and who signs. */
	closing: z.strictObject({ formula: Phrase, name: Phrase.optional(), role: Phrase.optional() }).optional(),
	enclosures: z.strictObject({ heading: Phrase, items: z.array(Phrase).min(1) }).optional(),
};

const Letter = z.strictObject(correspondence);

const Invitation = z.strictObject({
	...correspondence,
	/** When, where, how to take part: set apart between text and agenda. */
	meeting: head.facts,
	agenda: Agenda,
	/** After the agenda: how the notice period was kept, whom to tell when absent. */
	notes: Text.optional(),
});

const AgendaSheet = z.strictObject({ ...page, ...head, agenda: Agenda, notes: Text.optional() });

const Report = z.strictObject({
	...page,
	...head,
	/** Wide tables stand on a page turned sideways. */
	landscape: z.boolean().default(false),
	sections: z.array(Section),
});

export const TEMPLATES = {
	minutes: Minutes,
	invitation: Invitation,
	agenda: AgendaSheet,
	letter: Letter,
	report: Report,
} as const;

export type TemplateName = keyof typeof TEMPLATES;
/** What a caller hands to a template: texts as `TextDocument`, optional parts left out. */
export type TemplateData<Name extends TemplateName> = z.input<(typeof TEMPLATES)[Name]>;
