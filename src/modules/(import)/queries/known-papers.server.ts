import type { Ctx } from '#kernel/ctx.ts';
import { takeOverKnowledge } from '#server/papers';
import { knownOrganisations, knownPersons } from '#server/registry';
import { districtsField } from '../reading/papers/districts.ts';
import type { Content } from '../reading/types.ts';
import type { PaperKnown } from '../rules/paper-plan.ts';

/** What register and papers know, for the plan of this paper. @param text the whole document */
export async function paperKnowledge(ctx: Ctx, content: Content, text: string): Promise<PaperKnown> {
	const numbers = [content.number ?? '', ...content.refersTo, ...content.paperReferences];
	const persons = await knownPersons(ctx);
	const organisations = await knownOrganisations(ctx);
	return { persons, organisations, ...(await takeOverKnowledge(ctx, numbers)), where: districtsField(text) };
}
