import { linkTo } from './node.ts';

/** A duty to report, as PostgreSQL gives it (`DUTY`). */
interface DutySource {
	id: string;
	subject: string;
	recipient: string | null;
	department: string | null;
	rhythm: string | null;
	state: string;
	endDate: string | null;
	endCount: number | null;
	endCondition: string;
	due: { date: string; state: string; papers: string[] }[];
}

/** Duties to report that a paper or a resolution brought (rulebook R3-23); `overdue` follows from date and state. */
export function dutiesOf(duties: readonly unknown[]): unknown[] {
	return (duties as DutySource[]).map(({ recipient, department, due, ...duty }) => ({
		...duty,
		recipient: recipient ? linkTo('Organization', recipient) : undefined,
		department: department ? linkTo('Organization', department) : undefined,
		due: due.map(({ papers, ...one }) => ({ ...one, paper: papers.map((id) => linkTo('Paper', id)) })),
	}));
}
