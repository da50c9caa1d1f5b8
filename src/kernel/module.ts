import type { RawBuilder } from 'kysely';
import type { Grant } from './access/actor.ts';
import type { Audience } from './changes/audience.ts';
import type { Ctx, WriteCtx } from './ctx.ts';
import type { Question } from './db/questions.ts';
import type { Db } from './db/scope.ts';
import type { Locale } from './i18n/locales.ts';
import type { Block } from './mail/compose.ts';
import type { MigrationSource } from './db/migrate.ts';
import type { PersonalTable } from './privacy/declaration.ts';
import type { SearchDocument } from './search/document.ts';

/** What a module says of itself to everyone, browsers included. `label` and `title` are keys of its message files. */
export interface ModuleDeclaration {
	id: string;
	/** Modules it may call through their front doors; also the order of migrations. */
	needs: string[];
	navigation: NavigationEntry[];
	/** Every permission of the module with the roles that hold it; nothing else opens anything. */
	permissions: Record<string, PermissionDeclaration>;
}

export interface NavigationEntry {
	path: string;
	label: string;
	order: number;
	/** Shown only to actors who hold it; without it, to everyone. */
	permission?: string;
	/** `desk`: a tool of few people, shown at the foot of their desk instead of in every page's head. */
	place?: 'head' | 'desk';
	/** Message with one line about it; entries that have one stand as doors on the home page. */
	says?: string;
}

export interface PermissionDeclaration {
	/** `everyone` is open to strangers; other names come from grants. */
	roles: readonly string[];
}

/** The server part of a module's declaration. Everything other rooms need to know of it stands here, and only here. */
export interface ServerDeclaration {
	id: string;
	migrations: MigrationSource;
	/** Roles that this module's records give to an account in this town today (memberships, offices, duties). */
	grants?: (db: Db, accountId: string, today: Temporal.PlainDate) => Promise<Grant[]>;
	/** Kinds of objects that others may see change, be found and be linked to; keys as in 'council.meeting'. */
	kinds: Record<string, KindDeclaration>;
	/** Reactions to events of modules this one needs, inside the same transaction. */
	on?: Record<string, (tx: WriteCtx, event: unknown) => Promise<void>>;
	/**
	 * Called at the end of each write with every object it touched, inside the transaction and under the town's clock lock, so
	 * in the order of commits: for records made of other modules' records. What it reads is the state after the write.
	 */
	follow?: (tx: WriteCtx, touched: readonly TouchedObject[]) => Promise<void>;
	/**
	 * Which objects of this module's kinds are found by words of what a write touched, objects of other modules too: their searchable texts
	 * are made anew with it. Called at the end of each write, before anything is told; a query at most.
	 */
	findAnew?: (db: Db, touched: readonly TouchedObject[]) => Promise<TouchedObject[]>;
	jobs?: Record<string, JobHandler>;
	/** Cron lines (graphile-worker syntax) for jobs that run in every town. */
	schedule?: { job: string; cron: string }[];
	/** What waits for this actor on /tisch; those of all modules are asked in one statement. */
	desk?: (ctx: Ctx) => Question<DeskItem[]>;
	/** The same, where one question is not enough. */
	deskLater?: (ctx: Ctx) => Promise<DeskItem[]>;
	/** What this actor finished on the desk lately and may still take back. */
	deskDone?: (ctx: Ctx) => Question<DeskDone[]>;
	/**
	 * May this actor read a file of `kernel.file`? Every module is asked about each file; one yes is enough. A module
	 * answers yes only for files that its own records show to this actor.
	 */
	fileAccess?: (ctx: Ctx, fileId: string) => Promise<boolean>;
	/** Of a file that nobody may show now: did everybody have it once? Then its address answers 410. */
	fileWasPublic?: (ctx: Ctx, fileId: string) => Promise<boolean>;
	/**
	 * What this module puts on pages of modules it needs, by the name of the slot; see docs/kernel/module.md. Asked once a
	 * page with the ids of all objects on it; what the actor may not know of is not in the answer.
	 */
	slots?: Partial<Record<SlotName, Slot>>;
	/**
	 * Words in a text that lead to this module's records, as they stand there, with paths without language prefix; only to what
	 * the actor may read. Asked once for all texts of a page (`wordLinks`).
	 */
	wordLinks?: (ctx: Ctx, text: string) => Question<Record<string, string>>;
	/** Dates for calendars: public ones for everybody, own ones for members. */
	dates?: (ctx: Ctx, range: { from: Temporal.PlainDate; until: Temporal.PlainDate }) => Promise<CalendarDate[]>;
	/**
	 * What people may order news of by mail, beside sessions. The module that keeps their addresses asks every source each quarter
	 * of an hour and tells everything in one letter, in the reader's language.
	 */
	newsSources?: NewsSource[];
	/** What this module offers to records that earlier modules make, by the name of the question (`gatherOffers`). */
	offers?: Record<string, Offering>;
	/** Every table with personal columns: retention class, subject access, erasure (a test demands completeness). */
	personal: PersonalTable[];
	/** Living data for the demonstration town; runs once, in the order of `needs`. */
	demonstration?: (ctx: Ctx) => Promise<void>;
}

export interface NewsSource {
	/** Unlike any other, without a colon; kept with each order. */
	id: string;
	/** The question over its choices, in the language of the page. */
	label: () => string;
	/** What can be chosen; only what everybody may know. */
	choices: (ctx: Pick<Ctx, 'db' | 'body'>) => Promise<{ id: string; name: string }[]>;
	/**
	 * What is new since the last look, in the look's transaction: the source notes what it gave and gives it once. `what` are
	 * words of its own, for `tell`.
	 */
	look: (tx: WriteCtx) => Promise<{ item: string; what: string[] }[]>;
	/** Choices that readers make themselves, e.g. a search of theirs; `choices` are those that stand there for all. */
	own?: {
		/** What a reader asked for, as the address of a page says it; null when it makes no sense. */
		read: (ctx: Pick<Ctx, 'db' | 'body'>, text: string) => { name: string } | null;
		/** Keeps it, once for all who ask the same. @returns the id of the choice */
		keep: (tx: WriteCtx, text: string) => Promise<string>;
		named: (ctx: Pick<Ctx, 'db' | 'body'>, ids: readonly string[]) => Promise<{ id: string; name: string }[]>;
		/** Every night: forgets what nobody orders any more. */
		forget: (tx: WriteCtx, ordered: readonly string[]) => Promise<void>;
	};
	/** The letters' words of what was found; what is not public any more is left out. */
	tell: (ctx: Ctx, found: { item: string; what: string[] }[]) => Promise<NewsItem[]>;
}

export interface NewsItem {
	/** Ids of the choices whose readers are told. */
	choices: string[];
	/** Called in the language of each letter; `subject` stands over a letter that tells only this. */
	say: (letter: { locale: Locale; origin: string }) => { subject: string; blocks: Block[] };
}

export interface KindDeclaration {
	/** Who may know of this object now; asked at the end of each write that touches it. `none` once it is gone. */
	audience: (db: Db, id: string) => Promise<Audience>;
	/** The searchable text, or null when it should not be found (any more). */
	searchDocument?: (db: Db, id: string) => Promise<SearchDocument | null>;
	/** The same two for many at once, where writes touch hundreds; what is gone is not in the answer. */
	audiences?: (db: Db, ids: readonly string[]) => Promise<Map<string, Audience>>;
	searchDocuments?: (db: Db, ids: readonly string[]) => Promise<Map<string, SearchDocument>>;
	/** Message that names many of them ("Sitzungen"): the heading over search results. Needed with `searchDocument`. */
	label?: string;
}

export interface TouchedObject {
	kind: string;
	id: string;
}

/** Answers in the shape that the module which asks says in its front door. */
export type Offering = (ctx: Ctx, given: never) => Promise<unknown>;

export type JobHandler = (ctx: Ctx, payload: unknown) => Promise<void>;

export interface DeskItem {
	/** Unlike any other on the desk, for example the id of its object. */
	id: string;
	/** Group on the desk: at most five are shown. */
	group: 'answer' | 'task' | 'read' | 'draft' | 'office';
	title: string;
	/** Language of the title where it is official wording. */
	titleLang?: string;
	text: string;
	/** Path without language prefix, as are those of the acts. */
	href: string;
	/** ISO day. */
	due?: string;
	action: DeskAct;
	second?: DeskAct;
}

/** A way to go on, or, with `post`, a form that finishes the thing right there (it leads back by `zurueck`). */
export interface DeskAct {
	label: string;
	href: string;
	post?: Record<string, string>;
}

export interface DeskDone {
	id: string;
	title: string;
	titleLang?: string;
	href: string;
	/** ISO day. */
	doneOn: string;
	undo: DeskAct & { post: Record<string, string> };
}

/** Places that earlier modules keep free on their pages: `council.agendaItem` (ids of agenda items; what belongs to an item). */
export type SlotName = 'council.agendaItem';

/** What a module puts in a slot: a question that the page's own query takes in, and what an answer says. */
export interface Slot<Line = unknown> {
	/**
	 * A select of `id` (the object's) and `line` (JSON), one row for each link, in their order.
	 * @param ids expression: array of the ids of all objects on the page; null or empty for readers who may know of none
	 */
	select(ctx: Ctx, ids: RawBuilder<string[]>): RawBuilder<{ id: string; line: Line }>;
	link(ctx: Ctx, line: Line): SlotLink;
}

/** Something of a later module at an object of an earlier one. */
export interface SlotLink {
	/** Path without language prefix. */
	href: string;
	/** Official wording, German: "Antrag A0142/26". */
	label: string;
	/** Its number as written in the earlier module's own records: what the link makes superfluous there. */
	reference?: string;
	/** What is voted on, as plain text; offered where a motion is taken down. */
	wording?: string;
	/** It would change another one of the object's links, and is offered where a change is taken down. */
	amends?: boolean;
}

export interface CalendarDate {
	id: string;
	title: string;
	start: Temporal.ZonedDateTime | Temporal.PlainDate;
	end?: Temporal.ZonedDateTime | Temporal.PlainDate;
	place?: string;
	href: string;
	cancelled?: boolean;
	modifiedAt: Temporal.Instant;
}

interface Registry {
	modules: ModuleDeclaration[];
	servers: ServerDeclaration[];
}

// One list for the process, although the built application and the launcher each carry a copy of this file.
const KEY = Symbol.for('mitrat.modules');
const store = globalThis as unknown as Record<symbol, Registry | undefined>;

/** Called once by each entry point (hooks, command line, tests) with the lists of src/modules.ts and its server twin. */
export function installModules(modules: ModuleDeclaration[], servers: ServerDeclaration[]): void {
	store[KEY] = { modules, servers };
}

export function installedModules(): Registry {
	const registry = store[KEY];
	if (!registry) throw new Error('no modules are installed: call installModules first');
	return registry;
}

/** The declaration of a kind such as 'council.meeting'. @throws Error for a kind that no module declares */
export function kindOf(kind: string): KindDeclaration {
	for (const server of installedModules().servers) {
		if (Object.hasOwn(server.kinds, kind)) return server.kinds[kind]!;
	}
	throw new Error(`no module declares the kind ${kind}`);
}

/** The declaration of a permission such as 'council.meeting.edit'. @throws Error for one that no module declares */
export function permissionOf(name: string): PermissionDeclaration {
	for (const module of installedModules().modules) {
		if (Object.hasOwn(module.permissions, name)) return module.permissions[name]!;
	}
	throw new Error(`no module declares the permission ${name}`);
}

/**
 * Asks every module that offers something for a record which is being made, in the order of `needs`.
 * @param given what the record is about; @returns the modules' answers
 */
export async function gatherOffers<Offered>(ctx: Ctx, name: string, given: unknown): Promise<Offered[]> {
	const gathered: Offered[] = [];
	for (const { offers } of installedModules().servers) {
		const offer = offers?.[name] as ((ctx: Ctx, given: unknown) => Promise<Offered>) | undefined;
		if (offer) gathered.push(await offer(ctx, given));
	}
	return gathered;
}
