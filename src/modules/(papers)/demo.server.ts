import type { Ctx } from '#kernel/ctx.ts';
import { write } from '#kernel/write.ts';
import { demoAmendment } from './amendments/demo.server.ts';
import { demoApprovals } from './approvals/demo.server.ts';
import { demoDistricts } from './districts/demo.server.ts';
import { demoControl } from './duties/control/demo.server.ts';
import { demoDuties } from './duties/demo.server.ts';
import { demoInvolvement } from './involvement/demo.server.ts';
import { demoPapers } from './paper/demo.server.ts';
import { usualTypes } from './paper/types.server.ts';
import { demoStatements } from './statement/demo.server.ts';
import { demoWay } from './way/demo.server.ts';

/** Papers of the demonstration town, room by room; all invented. */
export async function loadDemonstration(ctx: Ctx): Promise<void> {
	const types = await write(ctx, (tx) => usualTypes(tx));
	await demoPapers(ctx, types);
	await demoStatements(ctx, types);
	await demoWay(ctx);
	await demoAmendment(ctx);
	await demoDuties(ctx, types);
	await demoInvolvement(ctx, types);
	await demoApprovals(ctx, types);
	await demoControl(ctx);
	await demoDistricts(ctx);
}
