import { may } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { Gone, NotFound } from '#kernel/errors.ts';
import { documentHash } from '#kernel/text/hash.ts';
import { normalise } from '#kernel/text/normalise.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { contentHash } from './hash.server.ts';
import { confirmingOf, objectionsOf, type Confirming, type ObjectionView } from './objection-queries.server.ts';
import { buildContent } from './rules/build.ts';
import { publicContent, type MinutesContent } from './rules/content.ts';
import type { Source } from './rules/record.ts';
import type { MinutesState } from './rules/states.ts';
import { minutesSource } from './source.server.ts';
import { mayEdit, versionsOf, type Version } from './store.server.ts';
import { maySignAs, type SignerRole } from './workflow.server.ts';

export interface SignatureView {
	role: SignerRole;
	name: string;
	function: string;
	signedOn: string;
	method: 'account' | 'paper';
	fileId: string | null;
}

export interface CommentView {
	id: string;
	itemId: string | null;
	name: string;
	text: string;
	writtenAt: string;
	settled: boolean;
}

/** Everything the page of a session's minutes shows to its reader. */
export interface MinutesView {
	id: string | null;
	slug: string;
	date: string;
	title: string;
	bodySlug: string;
	sessionState: Source['meeting']['state'];
	/** Of records that were kept elsewhere and only stand here: signed, without versions. */
	legacy: boolean;
	state: MinutesState;
	shown: boolean;
	withdrawn: { on: string; reason: string } | null;
	approvedPublicOn: string | null;
	approvedClosedOn: string | null;
	/** What this reader may read; null while there is nothing for them. */
	content: MinutesContent | null;
	/** The words are a draft, not a fixed version. */
	draft: boolean;
	version: Omit<Version, 'content'> | null;
	versions: Omit<Version, 'content'>[];
	signatures: SignatureView[];
	may: { edit: boolean; review: boolean; object: boolean; inside: boolean };
	desk: MinutesDesk | null;
	objections: ObjectionView[];
}

/** What stands on the page for those who write, review or sign. */
export interface MinutesDesk {
	/** Hash of what a signature would fix. */
	hash: string;
	unknown: { id: string; name: string; organisation: string }[];
	signers: { role: SignerRole; label: string; signed: boolean; may: boolean; name: string }[];
	texts: Record<string, { writing: string; hash: string }>;
	/** Tasks of each item, as their forms need them; days are ISO. */
	tasks: Record<string, { id: string; what: string; who: string; due: string }[]>;
	comments: CommentView[];
	/** Sentences said otherwise in this session. */
	own: string[];
	/** For items that confirm earlier minutes: what has to be decided there. */
	confirming: Confirming[];
	preliminaryPublication: boolean;
}

interface RecordRow {
	id: string;
	state: MinutesState;
	publishedAt: string | null;
	withdrawnAt: string | null;
	withdrawnReason: string;
	approvedPublicOn: string | null;
	approvedClosedOn: string | null;
}

/**
 * The minutes of a session as this reader may know them: strangers the published version without closed parts and reasons,
 * members of the body every signed version, the office and the chair the growing draft.
 * @throws NotFound for a session that has not been opened or that this reader may not know of
 * @throws Gone for strangers, where published minutes were taken back
 */
export async function minutesView(ctx: Ctx, slug: string): Promise<MinutesView> {
	const source = await minutesSource(ctx, slug);
	const { meeting } = source;
	if (meeting.cancelled || meeting.state === 'planned' || meeting.state === 'invited') throw new NotFound('minutes');
	const record = await recordOf(ctx, meeting.id);
	const rights = rightsOf(ctx, meeting.body.id);
	const state = record?.state ?? 'draft';
	const legacy = !record && (meeting.state === 'minutesSigned' || meeting.state === 'takenOver');
	const shown = legacy || (record !== null && record.publishedAt !== null && record.withdrawnAt === null);
	if (record?.withdrawnAt && !rights.inside) throw new Gone('minutes');
	const versions = record ? await versionsOf(ctx, record.id) : [];
	const fixed = state !== 'draft' && state !== 'internalReview';
	const newest = fixed ? versions[0] : undefined;
	const writes = rights.edit || (rights.review && state !== 'draft');
	const built = () => buildContent(source);
	const content = contentFor({ rights, legacy, shown, newest, writes, built });
	return {
		id: record?.id ?? null,
		slug,
		date: meeting.date,
		title: newest?.content.title ?? built().title,
		bodySlug: meeting.body.slug,
		sessionState: meeting.state,
		legacy,
		state: legacy ? 'published' : state,
		shown,
		withdrawn: record?.withdrawnAt ? { on: record.withdrawnAt, reason: record.withdrawnReason } : null,
		approvedPublicOn: record?.approvedPublicOn ?? null,
		approvedClosedOn: record?.approvedClosedOn ?? null,
		content,
		draft: content !== null && !newest && !legacy,
		version: newest ? headOf(newest) : null,
		versions: (rights.inside ? versions : versions.slice(0, shown ? 1 : 0)).map(headOf),
		signatures: newest || versions[0] ? await signaturesOf(ctx, (newest ?? versions[0])!.id) : [],
		may: rights,
		desk: rights.edit || rights.review ? await deskOf(ctx, source, record, versions, content) : null,
		objections: rights.inside && record ? await objectionsOf(ctx, record.id) : [],
	};
}

function contentFor(known: {
	rights: MinutesView['may'];
	legacy: boolean;
	shown: boolean;
	newest: Version | undefined;
	writes: boolean;
	built: () => MinutesContent;
}): MinutesContent | null {
	const { rights, legacy, shown, newest, writes, built } = known;
	if (legacy) return rights.inside ? built() : publicContent(built());
	if (newest) return rights.inside ? newest.content : shown ? publicContent(newest.content) : null;
	return writes ? built() : null;
}

function rightsOf(ctx: Ctx, councilBodyId: string): MinutesView['may'] {
	const edit = mayEdit(ctx, councilBodyId);
	return {
		edit,
		review: may(ctx.actor, 'council.minutes.review', councilBodyId),
		object: may(ctx.actor, 'council.minutes.object', councilBodyId) && ctx.actor.kind === 'person',
		inside: may(ctx.actor, 'council.members', councilBodyId),
	};
}

function headOf({ id, number, sha512, reason, fixedAt }: Version): Omit<Version, 'content'> {
	return { id, number, sha512, reason, fixedAt };
}

async function recordOf(ctx: Ctx, meetingId: string): Promise<RecordRow | null> {
	const row = await ctx.db
		.selectFrom('council.minutes_record')
		.selectAll()
		.where('meeting_id', '=', meetingId)
		.executeTakeFirst();
	if (!row) return null;
	return {
		id: row.id,
		state: row.state as MinutesState,
		publishedAt: row.published_at?.toString() ?? null,
		withdrawnAt: row.withdrawn_at?.toString() ?? null,
		withdrawnReason: row.withdrawn_reason,
		approvedPublicOn: row.approved_public_on?.toString() ?? null,
		approvedClosedOn: row.approved_closed_on?.toString() ?? null,
	};
}

/** Signatures under a version that count, in the order of signing. */
export async function signaturesOf(ctx: Pick<Ctx, 'db'>, versionId: string): Promise<SignatureView[]> {
	const rows = await ctx.db
		.selectFrom('council.minutes_signature')
		.select(['role', 'name', 'function', 'signed_on', 'method', 'file_id'])
		.where('version_id', '=', versionId)
		.where('void_at', 'is', null)
		.orderBy('signed_at')
		.execute();
	return rows.map(({ signed_on, file_id, role, method, ...row }) => ({
		...row,
		role: role as SignerRole,
		method: method as SignatureView['method'],
		signedOn: signed_on.toString(),
		fileId: file_id,
	}));
}

async function deskOf(
	ctx: Ctx,
	source: Source,
	record: RecordRow | null,
	versions: Version[],
	content: MinutesContent | null,
): Promise<MinutesDesk> {
	const { meeting } = source;
	const fixed = record !== null && record.state !== 'draft' && record.state !== 'internalReview';
	const hash = fixed && versions[0] ? versions[0].sha512 : content ? contentHash(content) : '';
	const current = versions.find((version) => version.sha512 === hash);
	const signed = current ? await signaturesOf(ctx, current.id) : [];
	const people = await signersOf(ctx, meeting.id);
	const labels = buildContent(source).signers;
	return {
		hash,
		unknown: [
			...meeting.attendance
				.filter((row) => row.status === 'unknown')
				.map((row) => ({ id: row.id, name: row.name || row.function, organisation: row.organisation })),
			...source.missing.map(({ personId, name, organisation }) => ({ id: personId, name, organisation })),
		],
		signers: source.signers.map((role) => ({
			role,
			label: labels.find((signer) => signer.role === role)?.label ?? role,
			name: signed.find((signature) => signature.role === role)?.name ?? '',
			signed: signed.some((signature) => signature.role === role),
			may: maySignAs(ctx, { councilBodyId: meeting.body.id, ...people }, role),
		})),
		texts: Object.fromEntries(
			meeting.items.map((item) => {
				const text = normalise(item.text);
				return [item.id, { writing: toWriting(text), hash: documentHash(text) }];
			}),
		),
		tasks: Object.fromEntries(
			meeting.items.map((item) => [
				item.id,
				meeting.tasks
					.filter(({ itemNumber }) => itemNumber === item.number && item.number)
					.map(({ id, what, who, due }) => ({ id, what, who, due: due ?? '' })),
			]),
		),
		comments: record ? await commentsOf(ctx, record.id) : [],
		own: Object.keys(source.sentences),
		confirming: await confirmingOf(ctx, source.meeting.id),
		preliminaryPublication: true,
	};
}

async function signersOf(ctx: Ctx, meetingId: string) {
	const row = await ctx.db
		.selectFrom('council.meeting')
		.select(['chair_person_id', 'minutes_taker_person_id'])
		.where('id', '=', meetingId)
		.executeTakeFirstOrThrow();
	return { chairPersonId: row.chair_person_id, minuteTakerPersonId: row.minutes_taker_person_id };
}

async function commentsOf(ctx: Ctx, minutesId: string): Promise<CommentView[]> {
	const rows = await ctx.db
		.selectFrom('council.minutes_comment')
		.select(['id', 'agenda_item_id', 'name', 'text', 'written_at', 'settled_at'])
		.where('minutes_id', '=', minutesId)
		.orderBy('written_at')
		.execute();
	return rows.map(({ id, agenda_item_id, name, text, written_at, settled_at }) => ({
		id,
		itemId: agenda_item_id,
		name,
		text,
		writtenAt: written_at.toString(),
		settled: settled_at !== null,
	}));
}

/** One fixed version with its words. @throws NotFound for strangers where it is not the one that is public */
export async function minutesVersion(ctx: Ctx, slug: string, number: number): Promise<Version> {
	const view = await minutesView(ctx, slug);
	const allowed = view.versions.find((version) => version.number === number);
	if (!allowed || !view.id) throw new NotFound('version');
	const version = (await versionsOf(ctx, view.id)).find((one) => one.number === number)!;
	return view.may.inside ? version : { ...version, content: publicContent(version.content) };
}
