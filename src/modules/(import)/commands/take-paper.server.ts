import { demand } from '#kernel/access/actor.ts';
import type { Ctx, WriteCtx } from '#kernel/ctx.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { write } from '#kernel/write.ts';
import { takeOverPaper, type TakenOverPaper } from '#server/papers';
import { paperKnowledge } from '../queries/known-papers.server.ts';
import { isDay } from '../review/fields.ts';
import type { Decision } from '../review/findings.ts';
import { withoutLeftOut } from '../review/form.ts';
import { bareName, paperPlanOf, RELATION_KINDS, STATION_ROLES, type PaperPlan } from '../rules/paper-plan.ts';
import { withPaperText, type PaperContent } from '../review/paper-text.ts';
import type { Reading } from '../reading/types.ts';
import { settler, type Settler } from './settle-paper.server.ts';
import { lockDocument, markTaken } from './taken.server.ts';

/** What was chosen in the plan, by the names of its fields; what is missing stays as proposed. */
export type PaperChoices = ReadonlyMap<string, string>;

/**
 * Turns a reviewed paper into a filed paper of the register with its old number, and adds what the register lacks as the reviewer
 * confirmed it, in one transaction.
 * @throws RuleViolation `notPaper`, `titleMissing`, `paperDateMissing`, `typeMissing`, `numberMissing`, `documentTaken`, `paperExists`,
 * `decidesTwice`, `stationBodyMissing`
 */
export async function takePaper(ctx: Ctx, documentId: string, choices: PaperChoices): Promise<{ slug: string }> {
	demand(ctx.actor, 'import.review');
	return write(ctx, async (tx) => {
		const document = await lockDocument(tx, documentId);
		const decisions = document.decisions as Record<string, Decision>;
		const reviewed = withPaperText(
			document.corrected as PaperContent,
			document.text ?? '',
			document.reading as Reading,
		);
		if (reviewed.kind !== 'paper' && reviewed.kind !== 'information') throw new RuleViolation('notPaper');
		const plan = paperPlanOf(reviewed, decisions, await paperKnowledge(tx, reviewed, document.text ?? ''), tx.today);
		const content = withoutLeftOut(reviewed, decisions) as PaperContent;
		const given = await takenOver(tx, content, plan, choices);
		const paper = await takeOverPaper(tx, {
			...given,
			original: { fileId: document.file_id, name: document.name, public: choices.has('original') },
		});
		await markTaken(tx, documentId, { kind: 'papers.paper', id: paper.id, name: paper.reference });
		return { slug: paper.slug };
	});
}

async function takenOver(
	tx: WriteCtx,
	content: PaperContent,
	plan: PaperPlan,
	choices: PaperChoices,
): Promise<Omit<TakenOverPaper, 'original'>> {
	if (!content.title?.trim()) throw new RuleViolation('titleMissing', {}, '/title');
	if (!content.date || !isDay(content.date)) throw new RuleViolation('paperDateMissing', {}, '/date');
	const typeId = choices.get('art') ?? plan.type;
	if (!typeId) throw new RuleViolation('typeMissing', {}, 'art');
	const next = choices.get('nummer') === 'next';
	if (!plan.number.printed && !next) throw new RuleViolation('numberMissing', {}, '/number');
	const settle = settler(tx);
	return {
		typeId,
		number: next ? { kind: 'next' } : { kind: 'printed', text: plan.number.printed },
		title: content.title.trim(),
		date: Temporal.PlainDate.from(content.date),
		operative: content.operative ?? '',
		reasons: content.reasons ?? '',
		departmentId: plan.department
			? await settle.organisation(choices.get('amt') ?? plan.department.proposed, plan.department.printed)
			: null,
		districts: districtsOf(plan, choices),
		originators: await originatorsOf(settle, plan, choices),
		signatory: await settle.signatory(content.signatory ?? ''),
		public: choices.has('oeffentlich'),
		closedReason: choices.get('grund')?.trim().slice(0, 300) ?? '',
		stations: await stationsOf(settle, plan, choices),
		relations: plan.relations.map(({ printed, reference, kind }) => {
			const chosen = choices.get(`bezug:${reference}`) ?? kind;
			const known = RELATION_KINDS.find((one) => one === chosen);
			return { number: printed, kind: known ?? 'cites', confirmed: known !== undefined };
		}),
	};
}

/** Unticked boxes are not sent: a form that shows the districts at all says so. */
function districtsOf({ districts }: PaperPlan, choices: PaperChoices): string[] {
	if (!districts) return [];
	if (!choices.has('stadtteile')) return districts.proposed;
	return districts.list.flatMap(({ id }) => (choices.has(`stadtteil:${id}`) ? [id] : []));
}

async function originatorsOf(
	settle: Settler,
	plan: PaperPlan,
	choices: PaperChoices,
): Promise<TakenOverPaper['originators']> {
	const originators: TakenOverPaper['originators'] = [];
	for (const { key, printed, proposed } of plan.originators) {
		const chosen = choices.get(`von:${key}`) ?? proposed;
		if (chosen === 'none') continue;
		const person = chosen.startsWith('p:') || chosen === 'new:person';
		originators.push({
			organisationId: person ? null : await settle.organisation(chosen, printed),
			personId: person ? await settle.person(chosen, bareName(printed)) : null,
		});
	}
	return once(originators, ({ organisationId, personId }) => organisationId ?? personId ?? '');
}

async function stationsOf(
	settle: Settler,
	plan: PaperPlan,
	choices: PaperChoices,
): Promise<TakenOverPaper['stations']> {
	const stations: TakenOverPaper['stations'] = [];
	// Unticked boxes are not sent: a form that shows the stations at all says so.
	const shown = choices.has('stationen');
	for (const { key, printed, proposed, role, date, public: open, held } of plan.stations) {
		const chosen = STATION_ROLES.find((one) => one === choices.get(`station:${key}:rolle`)) ?? role;
		const organisationId = await settle.organisation(choices.get(`station:${key}:gremium`) ?? proposed, printed);
		if (!organisationId && chosen !== 'approval') throw new RuleViolation('stationBodyMissing', { name: printed });
		stations.push({
			organisationId,
			role: chosen,
			date: date ? Temporal.PlainDate.from(date) : null,
			public: shown ? choices.has(`station:${key}:oeffentlich`) : open,
			held: shown ? choices.has(`station:${key}:war`) : held,
		});
	}
	return stations;
}

function once<T>(list: readonly T[], key: (one: T) => string): T[] {
	return [...new Map(list.map((one) => [key(one), one])).values()].filter((one) => key(one) !== '');
}
