/** Whoever changes records of a town leaves an entry in the audit log: looked up in the sources, for every write there is. */
import { expect, test } from 'vitest';
import ts from 'typescript';
import { projectRoot } from '../../src/kernel/project.ts';
import { Code, said, type Unit } from '../support/code.ts';

const code = new Code(projectRoot, ['src/kernel', 'src/modules', 'bin']);

const WRITES = /\b(?:insert\s+into|update\s+(?:only\s+)?[a-z_]+\.|delete\s+from|merge\s+into)/i;
const changes = ({ names, texts }: Pick<Unit, 'names' | 'texts'>): boolean =>
	['insertInto', 'updateTable', 'deleteFrom'].some((name) => names.has(name)) ||
	texts.some((text) => WRITES.test(text));
const tells = ({ names }: Pick<Unit, 'names'>): boolean => names.has('touch');

interface Write {
	/** File and function. */
	where: string;
	changes: boolean;
	tells: boolean;
}

/** Every `write(ctx, work)`: what its work can come to. */
function writesOf(unit: Unit): Write[] {
	const found: Write[] = [];
	const look = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'write') {
			const work = node.arguments[1];
			if (work) {
				const own = said(work);
				const all = [own, ...code.reach(unit, own)];
				found.push({ where: unit.id, changes: all.some(changes), tells: all.some(tells) });
			}
		}
		ts.forEachChild(node, look);
	};
	look(unit.node);
	return found;
}

const writes = code.units().flatMap(writesOf);

/** What changes rows without an entry, and why. */
const SILENT: Record<string, string[]> = {
	'the log itself, and what is made anew from records that have their entries': [
		'src/kernel/audit/seal.ts sealPastDays',
		'src/kernel/search/reindex.ts reindex',
		'src/kernel/search/spread.ts spreadSome',
		'src/kernel/search/spread.ts spreadTown',
		'src/modules/(oparl)/project/follow.server.ts tellThese',
		'src/modules/(oparl)/documents/make.server.ts makeDocuments',
		'src/modules/(oparl)/documents/make.server.ts makeOf',
	],
	'what comes to it is found by name while it runs: the command of the operation, which has its own entry': [
		'src/kernel/live/operations.ts applyOne',
	],
	'letters on their way: that they were sent, when and how often stands in records of their own': [
		'src/kernel/mail/send.ts deliver',
		'src/kernel/mail/send.ts sendMail',
		'src/modules/(council)/agenda/send.server.ts sendLetters',
		'src/modules/(council)/member/news/letters.server.ts sendNews',
		'src/modules/(council)/member/news/look.server.ts lookForNews',
		'src/modules/(papers)/duties/control/remind.server.ts remindOne',
		'src/modules/(papers)/duties/remind.server.ts remindOne',
		'src/modules/(papers)/involvement/jobs.server.ts remind',
		'src/modules/(papers)/statement/jobs.server.ts remindStatements',
		'src/modules/(shell)/link-mails.server.ts linkMails',
	],
	'ends what may be kept no longer: each run keeps what it erased, an entry would keep the rest': [
		'src/kernel/privacy/retention-run.ts retentionRun',
		'src/modules/(council)/member/news/commands.server.ts forgetSubscribers',
		'src/modules/(council)/planning/topics/commands.server.ts forgetProposers',
	],
	'one’s own and nobody else’s: an order of news, notes, what one has seen, the secret address of one’s calendar': [
		'src/modules/(council)/member/calendar.server.ts renewCalendar',
		'src/modules/(council)/member/news/commands.server.ts endSubscription',
		'src/modules/(council)/member/news/commands.server.ts subscribe',
		'src/modules/(council)/member/notes.server.ts saveNotes',
		'src/modules/(papers)/paper/cowriting.server.ts seen',
	],
	'a secret ballot: an entry with its time would tell whose it is': [
		'src/modules/(council)/votes/secret.server.ts castBallot',
		'src/modules/(council)/votes/secret.server.ts issueToken',
	],
	'what was read of another system, and how far: each reading is a record; what is taken over has its entries': [
		'src/modules/(oparl)/harvest/run/files.server.ts fetchFiles',
		'src/modules/(oparl)/harvest/run/files.server.ts fetchOne',
		'src/modules/(oparl)/harvest/run/lists.server.ts keepPage',
		'src/modules/(oparl)/harvest/run/lists.server.ts noteVanished',
		'src/modules/(oparl)/harvest/run/lists.server.ts readList',
		'src/modules/(oparl)/harvest/run/lists.server.ts readNamed',
		'src/modules/(oparl)/harvest/run/lists.server.ts readTombstones',
		'src/modules/(oparl)/harvest/run/reading.server.ts beginReading',
		'src/modules/(oparl)/harvest/run/reading.server.ts endReading',
		'src/modules/(oparl)/harvest/run/take-over.server.ts takeRound',
		'src/modules/(oparl)/harvest/run/take-over.server.ts takeSome',
		'src/modules/(oparl)/harvest/run/take-over.server.ts wakeWaiting',
	],
	'the demonstration’s records of the past': ['src/modules/(papers)/demo.server.ts loadDemonstration'],
};

test('the sources have the writes that this test is about', () => {
	expect(writes.length).toBeGreaterThan(200);
	expect(writes.filter((one) => one.changes).length).toBeGreaterThan(150);
});

test('each write that changes records says so in the audit log, or is silent for a reason', () => {
	const silent = writes.filter((one) => one.changes && !one.tells).map(({ where }) => where);
	expect([...new Set(silent)].toSorted()).toEqual(Object.values(SILENT).flat().toSorted());
});
