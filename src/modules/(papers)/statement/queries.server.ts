import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { NotFound } from '#kernel/errors.ts';
import { toHtml } from '#kernel/text/html.ts';
import type { TextDocument } from '#kernel/text/schema.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { readable } from '../paper/sight.server.ts';
import { partOf, signsFor } from './process.server.ts';
import { ruleOn } from './rule.server.ts';
import { afterAct, type StatementState } from './rules/steps.ts';
import type {
	ChainStep,
	CoSignView,
	DraftView,
	PublicStage,
	StatedPaper,
	StatementView,
	StatementWork,
} from './view.ts';

export interface PaperHead extends StatedPaper {
	public: boolean;
	departmentId: string | null;
	filed: boolean;
	asks: boolean;
}

/** The paper whose statement is looked at. One query. @throws NotFound where this reader may not know of it */
export async function paperHead(ctx: Ctx, slug: string): Promise<PaperHead> {
	const { rows } = await sql<PaperHead>`select p.id, p.slug, p.reference, p.title, t.name as type, t.code, p.public,
		p.under_direction_of_id as "departmentId", p.state = 'filed' as filed, t.asks_statement as asks
		from papers.paper p join papers.paper_type t on t.body_id = p.body_id and t.id = p.type_id
		where p.body_id = ${ctx.body.id} and p.slug = ${slug}
		and ${readable(ctx)}`.execute(ctx.db);
	if (!rows[0]) throw new NotFound('paper');
	return rows[0];
}

interface Row {
	id: string;
	state: StatementState;
	paper_id: string | null;
	department_id: string | null;
	department: string | null;
	requested_on: string;
	due_on: string | null;
	approval_due_on: string | null;
	due_basis: StatementView['dueBasis'];
	base_on: string | null;
	due_reason: string;
	recommendation: StatementView['recommendation'];
	summary: string;
	counter_proposal: TextDocument | null;
	stopped_reason: string;
	papers: (StatedPaper & { shown: boolean })[];
	steps: ChainStep[];
	co_signs: (Omit<CoSignView, 'mine' | 'mayTakeBack'> & { organisationId: string })[];
	revision: number | null;
	title: string | null;
	operative: TextDocument | null;
	closed: boolean | null;
	slug: string | null;
	reference: string | null;
	published_on: string | null;
	readable: boolean;
	amendment: StatementWork['amendment'];
}

/** All statements on a paper, the present one first, as far as this reader may see them. Two queries. */
export async function statementViews(ctx: Ctx, paperId: string): Promise<StatementView[]> {
	const { rows } = await sql<Row>`select s.id, s.state, s.paper_id, s.department_id, d.name as department,
		s.requested_on::text as requested_on, s.due_on::text as due_on, s.approval_due_on::text as approval_due_on,
		s.due_basis, s.base_on::text as base_on, s.due_reason, s.recommendation, s.summary, s.counter_proposal,
		s.stopped_reason, s.published_on::text as published_on, p.revision, p.title, p.operative, not p.public as closed, p.slug, p.reference,
		coalesce(p.state <> 'draft' and ${readable(ctx)}, false) as readable,
		(select json_build_object('slug', a.slug, 'reference', a.reference) from papers.paper a
			where a.body_id = s.body_id and a.id = s.amendment_id) as amendment,
		(select json_agg(json_build_object('id', q.id, 'slug', q.slug, 'reference', q.reference, 'title', q.title,
			'type', t.name, 'code', t.code, 'shown', q.shown) order by o.position)
			from papers.statement_on o join (select p.*, ${readable(ctx)} as shown
				from papers.paper p where p.body_id = ${ctx.body.id}) q on q.body_id = o.body_id and q.id = o.paper_id
			join papers.paper_type t on t.body_id = q.body_id and t.id = q.type_id
			where o.body_id = s.body_id and o.statement_id = s.id) as papers,
		(select coalesce(json_agg(json_build_object('kind', e.act, 'on', e.on_date::text, 'organisation', g.name,
			'note', e.note) order by e.at, e.id), '[]') from papers.statement_step e
			left join registry.organisation g on g.body_id = e.body_id and g.id = e.organisation_id
			where e.body_id = s.body_id and e.statement_id = s.id) as steps,
		(select coalesce(json_agg(json_build_object('id', c.id, 'organisationId', c.organisation_id, 'organisation', g.name,
			'step', c.step, 'state', c.state, 'askedOn', c.asked_on::text, 'dueOn', c.due_on::text,
			'answeredOn', c.answered_on::text, 'remarks', c.remarks) order by c.id), '[]')
			from papers.statement_co_sign c
			join registry.organisation g on g.body_id = c.body_id and g.id = c.organisation_id
			where c.body_id = s.body_id and c.statement_id = s.id) as co_signs
		from papers.statement s
		join papers.statement_on n on n.body_id = s.body_id and n.statement_id = s.id and n.paper_id = ${paperId}
		left join registry.organisation d on d.body_id = s.body_id and d.id = s.department_id
		left join papers.paper p on p.body_id = s.body_id and p.id = s.paper_id
		where s.body_id = ${ctx.body.id} order by s.id desc`.execute(ctx.db);
	const rule = await ruleOn(ctx, rows[0] ? Temporal.PlainDate.from(rows[0].requested_on) : ctx.today);
	return rows.map((row) => viewOf(ctx, row, rule));
}

function viewOf(ctx: Ctx, row: Row, rule: Awaited<ReturnType<typeof ruleOn>>): StatementView {
	const work = workOf(ctx, row, rule);
	const published = row.state === 'published' && row.readable;
	const told = published || work !== null;
	return {
		id: row.id,
		stage: stageOf(row.state),
		department: row.department,
		requestedOn: row.requested_on,
		dueOn: row.due_on,
		dueBasis: row.due_basis,
		baseOn: row.base_on,
		late: isLate(ctx, row.state, row.due_on),
		papers: row.papers
			.filter(({ shown }) => shown)
			.map(({ id, slug, reference, title, type, code }) => ({ id, slug, reference, title, type, code })),
		published: published ? { slug: row.slug!, reference: row.reference!, on: row.published_on! } : null,
		recommendation: told ? row.recommendation : null,
		counter: told && row.counter_proposal !== null,
		summary: told ? row.summary : '',
		chain: work ? row.steps : published ? publicChain(row) : [],
		work,
	};
}

export function stageOf(state: StatementState): PublicStage {
	if (state === 'requested' || state === 'published' || state === 'stopped') return state;
	return 'inWork';
}

export function isLate(ctx: Pick<Ctx, 'today'>, state: StatementState, dueOn: string | null): boolean {
	return dueOn !== null && stageOf(state) !== 'published' && state !== 'stopped' && dueOn < ctx.today.toString();
}

/** What strangers read of the chain: which departments signed and when it was approved, without remarks and detours. */
function publicChain(row: Row): ChainStep[] {
	const signed = row.co_signs
		.filter(({ state }) => state === 'agreed' || state === 'agreedWithRemarks')
		.map(({ organisation, answeredOn }) => ({ kind: 'coSigned', on: answeredOn!, organisation, note: '' }));
	const shown = ['requested', 'approved', 'published'];
	const last = new Map(row.steps.filter(({ kind }) => shown.includes(kind)).map((step) => [step.kind, step]));
	return [...last.values(), ...signed]
		.map((step) => ({ ...step, note: '' }))
		.sort((a, b) => a.on.localeCompare(b.on) || order(a.kind) - order(b.kind));
}

const order = (kind: string) => ['requested', 'coSigned', 'approved', 'published'].indexOf(kind);

function workOf(ctx: Ctx, row: Row, rule: Awaited<ReturnType<typeof ruleOn>>): StatementWork | null {
	const part = partOf(ctx.actor, row.department_id);
	const signs = row.co_signs.some((one) => signsFor(ctx.actor, one.organisationId));
	if (!part.lead && !part.mayor && !signs) return null;
	const { state } = row;
	// Who signs or approves reads the draft once it was given to them.
	const reads =
		part.lead || (signs && state !== 'requested') || (part.mayor && !['requested', 'drafting'].includes(state));
	return {
		state,
		paperId: row.paper_id,
		departmentId: row.department_id,
		approvalDueOn: row.approval_due_on,
		dueReason: row.due_reason || row.stopped_reason,
		rule: {
			from: rule.validFrom?.toString() ?? null,
			beforeCommittee: rule.beforeCommittee,
			countedIn: rule.countedIn,
			inquiryDays: rule.inquiryDays,
		},
		draft: reads ? draftOf(row) : null,
		coSigns: reads
			? row.co_signs.map((one) => {
					const own = signsFor(ctx.actor, one.organisationId) && state === 'coSigning';
					return {
						...one,
						mine: own && one.state === 'asked',
						mayTakeBack: own && one.answeredOn !== null && one.state !== 'outdated',
					};
				})
			: [],
		...part,
		recommends: row.papers.some(({ code }) => code !== 'inquiry'),
		mayWrite: part.lead && row.department_id !== null && afterAct(state, 'draft') !== null,
		amendment: row.amendment,
	};
}

function draftOf(row: Row): DraftView | null {
	if (!row.operative) return null;
	const counter = row.counter_proposal;
	return {
		revision: row.revision!,
		title: row.title!,
		recommendation: row.recommendation,
		summary: row.summary,
		text: toWriting(row.operative),
		textHtml: toHtml(row.operative, { headingOffset: 2 }),
		counterProposal: counter ? toWriting(counter) : '',
		counterHtml: counter ? toHtml(counter, { headingOffset: 2 }) : '',
		closed: row.closed!,
	};
}
