import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { placeholders, styleOf, type Gender, type Sentence, type StyleName } from './rules/style.ts';

export interface StyleChoiceView {
	style: StyleName;
	gender: Gender;
	/** The sentences that a body most often says otherwise, with their template and what may stand in it. */
	sentences: { key: Sentence; template: string; own: string; placeholders: string[] }[];
}

/** Offered to be said otherwise; every other template keeps the words of the house style. */
const OFFERED: Sentence[] = [
	'kind',
	'title',
	'opening',
	'quorum',
	'quorumLacking',
	'agendaUnchanged',
	'agendaChanged',
	'arrival',
	'departure',
	'result.noted',
	'result.confirmed.minutes',
	'result.adopted.advisory',
	'end',
	'signer.office',
];

/** The house style of a body as its form shows it. @throws NotFound, Forbidden */
export async function styleChoice(ctx: Ctx, councilBodyId: string): Promise<StyleChoiceView> {
	demand(ctx.actor, 'council.edit', councilBodyId);
	const body = await ctx.db
		.selectFrom('council.council_body as b')
		.leftJoin('council.minutes_style as s', 's.council_body_id', 'b.id')
		.select(['b.kind', 's.style', 's.gender', 's.sentences'])
		.where('b.id', '=', councilBodyId)
		.executeTakeFirstOrThrow();
	const shipped = ['board', 'roundTable', 'workingGroup'].includes(body.kind) ? 'roundTable' : 'results';
	const style = (body.style ?? shipped) as StyleName;
	const gender = (body.gender ?? 'star') as Gender;
	const own = (body.sentences ?? {}) as Record<string, string>;
	const { templates } = styleOf(style, gender);
	return {
		style,
		gender,
		sentences: OFFERED.map((key) => ({
			key,
			template: templates[key],
			own: own[key] ?? '',
			placeholders: placeholders(templates[key]),
		})),
	};
}
