import { papersOfOthers } from '#server/papers';
import type { SaidDuty } from '../reading/foreign.ts';
import type { Batch, Waiting } from './batch.server.ts';

export const namedInDuty = ({ recipient, department, due }: SaidDuty): (string | null)[] => [
	recipient,
	department,
	...due.flatMap(({ papers }) => papers),
];

/** What tells duties: a paper, or an item with its resolution. */
type Held = {
	one: Waiting & { document: { said: { duties: SaidDuty[] } } };
} & ({ paperId: string } | { itemId: string });

/** Duties to report of papers and items, as they are told now. One to a body that nobody names owes nothing to anybody here. */
export async function mapDuties(batch: Batch, all: readonly Held[]): Promise<void> {
	const rows = all.flatMap(({ one, ...source }) =>
		one.document.said.duties.flatMap(({ id, recipient, department, due, ...duty }) => {
			const recipientId = batch.local(recipient, 'Organization', one);
			if (!recipientId) {
				batch.findings.add(one.kind, 'orphan', `${one.id} mitrat:reportingDuty`);
				return [];
			}
			return [
				{
					...duty,
					...batch.ownId(id),
					paperId: 'paperId' in source ? source.paperId : null,
					itemId: 'itemId' in source ? source.itemId : null,
					recipientId,
					departmentId: batch.local(department, 'Organization', one),
					due: due.map(({ papers, date, state }) => ({
						date,
						state,
						isNamed: papers.length > 0,
						paperIds: batch.locals(papers, 'Paper', one),
					})),
				},
			];
		}),
	);
	await papersOfOthers.takeOverDuties(batch.tx, rows, {
		paperIds: all.flatMap((one) => ('paperId' in one ? [one.paperId] : [])),
	});
}
