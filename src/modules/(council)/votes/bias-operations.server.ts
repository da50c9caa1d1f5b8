import type { WriteCtx } from '#kernel/ctx.ts';
import type { OperationKinds } from '#kernel/live/operations.ts';
import { backAtTable, decideBias, declareBias, withdrawBias } from './bias.server.ts';
import { demandItem, meant } from './meant.server.ts';
import { kind, ofItem } from './operation-kind.server.ts';
import * as schema from './schema.ts';
import type { BiasKind } from './view.ts';

/** What the session's screen may queue of bias: declared, decided, back at the table, entered by mistake. */
export function biasKinds(meetingId: string): OperationKinds {
	const rows = ({ item }: { item: string }) => [ofItem('bias', item)];
	const find = (tx: WriteCtx, { item, bias }: { item: string; bias: string }) =>
		meant(tx, { meetingId, item }, 'bias', bias);
	const kinds = {
		bias: kind(schema.BiasForm, rows, async (tx, given) => {
			await demandItem(tx, { meetingId, item: given.item });
			return { bias: await declareBias(tx, given) };
		}),
		decideBias: kind(schema.BiasDecision.extend(schema.UNDER), rows, async (tx, given, base) => {
			const { yes, no, abstain } = given;
			return { decided: await decideBias(tx, await find(tx, given), { yes, no, abstain }, base) };
		}),
		backAtTable: kind(schema.OneBias, rows, async (tx, given) => backAtTable(tx, await find(tx, given))),
		withdrawBias: kind(schema.OneBias, rows, async (tx, given) => withdrawBias(tx, await find(tx, given))),
	};
	return kinds satisfies Record<BiasKind, unknown>;
}
