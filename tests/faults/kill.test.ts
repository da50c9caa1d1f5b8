/** kill -9 at random moments, of the application and of its database, while many people write. */
import { afterAll, expect, test } from 'vitest';
import { until } from '../../src/server/testing.ts';
import { bodyOf, chance, isLong, propose, victim } from './program.ts';

const ROUNDS = isLong ? 50 : 3;
const WRITES = Number(process.env.MITRAT_FAULT_WRITES ?? 2000);
/** People who write at the same time. */
const WRITERS = 8;
/** A run is done again with the number that it prints. */
const SEED = Number(process.env.MITRAT_FAULT_SEED ?? Date.now() % 100_000);

const town = await victim();
afterAll(() => town.remove());
await town.start();

const councilBodyId = await bodyOf(town.url);
let cookie = await town.signIn('Geschäftsstelle');

/** What became of the writes of a round, by their number. */
interface Round {
	acknowledged: Set<number>;
	/** Sent without an answer: they may be there or not, but whole. */
	unknown: Set<number>;
}

async function writeAll(label: string, onWritten: (count: number) => void): Promise<Round> {
	const round: Round = { acknowledged: new Set(), unknown: new Set() };
	let next = 0;
	const writer = async () => {
		for (let number = next++; number < WRITES; number = next++) {
			const title = `${label} Nr. ${String(number).padStart(4, '0')}`;
			const isDone = (await propose(town.url, cookie, councilBodyId, title).catch(() => 0)) === 303;
			(isDone ? round.acknowledged : round.unknown).add(number);
			// Whoever gets no answer waits until the page can be read again, as a person would.
			if (!isDone) await until(() => isServing());
			else onWritten(round.acknowledged.size);
		}
	};
	await Promise.all(Array.from({ length: WRITERS }, writer));
	return round;
}

const isServing = () =>
	fetch(`${town.url}/health`).then(
		(answer) => answer.status === 200,
		() => false,
	);

async function play(label: string, moment: number, hurt: () => Promise<void>): Promise<Round> {
	let hurting: Promise<void> | undefined;
	const round = await writeAll(label, (count) => {
		if (count >= moment) hurting ??= hurt();
	});
	await hurting;
	return round;
}

/** Everything that a proposal consists of, by its number; then the queue has to be empty. Mails of other rounds are left out first: each is compared with each. */
async function found(label: string) {
	const ofRound = 'from council.topic_proposal t where t.title like $1';
	await until(async () => {
		const [{ open } = { open: 1 }] = await town.sql<{ open: number }>(
			`select count(*)::int as open from kernel.mail where state = 'queued' and subject like $1`,
			[`%${label} %`],
		);
		return open === 0;
	});
	return town.sql<{ number: number; rows: number; audited: number; mails: number }>(
		`with mail as materialized (select body_id, subject from kernel.mail where subject like '%' || $1)
		select right(t.title, 4)::int as number, count(*)::int as rows,
			sum((select count(*) from kernel.audit_entry a where a.body_id = t.body_id and a.kind = 'council.topicProposal' and a.object_id = t.id))::int as audited,
			sum((select count(*) from mail m where m.body_id = t.body_id and m.subject like '%' || t.title || '%'))::int as mails
		 ${ofRound} group by 1 order by 1`,
		[`${label} %`],
	);
}

/** What a round of the long run saw, for whoever reads along. */
function told({ round, ofDatabase, moment, acknowledged, unknown, rows }: Round & Record<string, unknown>): string {
	const who = ofDatabase ? 'database' : 'application';
	return `round ${round} of ${ROUNDS}: ${who} killed after ${moment} of ${WRITES}; acknowledged ${acknowledged.size}, without an answer ${unknown.size}, found ${rows}`;
}

test(
	`kill -9 in the middle of ${WRITES} writes: nothing acknowledged is lost, nothing is half-done (seed ${SEED})`,
	async () => {
		const random = chance(SEED);
		for (let round = 1; round <= ROUNDS; round++) {
			const ofDatabase = round % 2 === 0;
			const label = `Ausfall ${round}`;
			const moment = Math.floor(random() * WRITES * 0.9);
			const { acknowledged, unknown } = await play(label, moment, async () => {
				if (ofDatabase) return void process.kill(town.databasePid()!, 'SIGKILL');
				await town.kill();
				await town.start();
			});
			expect(unknown.size, 'something was under way').toBeGreaterThan(0);
			const rows = await found(label);
			const numbers = new Set(rows.map(({ number }) => number));
			expect(
				[...acknowledged].filter((number) => !numbers.has(number)),
				'acknowledged and lost',
			).toEqual([]);
			expect([...numbers].filter((number) => !acknowledged.has(number) && !unknown.has(number))).toEqual([]);
			const broken = rows.filter(({ rows, audited, mails }) => rows !== 1 || audited !== 1 || mails !== 1);
			expect(broken, 'half-done, or done twice').toEqual([]);
			if (isLong) console.log(told({ round, ofDatabase, moment, acknowledged, unknown, rows: rows.length }));
			cookie = await town.signIn('Geschäftsstelle');
		}
	},
	ROUNDS * 300_000,
);
