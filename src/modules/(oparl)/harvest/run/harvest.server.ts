import { demand } from '#kernel/access/actor.ts';
import type { Ctx } from '#kernel/ctx.ts';
import { UserError } from '#kernel/errors.ts';
import type { ForeignBody, ForeignSystem, Source } from '../client/source.ts';
import { Findings, type Finding } from '../reading/findings.ts';
import { fetchFiles } from './files.server.ts';
import { readLists } from './lists.server.ts';
import { alone, beginReading, endReading, Stopped, type Count, type Reading, type SourceOf } from './reading.server.ts';
import { takeOver } from './take-over.server.ts';

export interface HarvestOptions {
	/** Everything, not only what changed; what is gone at the source is found by this alone where it has no tombstones. */
	whole?: boolean;
	/** Bytes of files, not only where they are. */
	files?: boolean;
	/** Names or addresses of bodies; without it the only one. */
	bodies?: readonly string[];
	kind?: SourceOf['kind'];
	signal?: AbortSignal;
	/** A line of progress: what is done, and how far. */
	say?: (line: string) => void;
}

export interface HarvestReport {
	readingId: string;
	source: string;
	body: string;
	version: string;
	state: 'done' | 'cancelled';
	resumed: boolean;
	whole: boolean;
	counts: Record<string, Count>;
	findings: Finding[];
}

/**
 * Takes over what another system tells, or what changed there since the last time; goes on where an earlier one stopped. Never
 * fails for what the source does wrong: that stands in the report.
 * @throws UserError when it is no system, when several bodies are there and none is chosen, or when another reading runs
 */
export async function harvest(ctx: Ctx, source: Source, options: HarvestOptions = {}): Promise<HarvestReport[]> {
	demand(ctx.actor, 'oparl.harvest');
	const reports = await alone(ctx, async () => {
		const findings = new Findings();
		const system = await source.system(findings);
		const made: HarvestReport[] = [];
		for (const body of chosen(system, options.bodies)) {
			const report = await harvestBody(ctx, source, { system, body, found: findings.list() }, options);
			made.push(report);
			if (report.state === 'cancelled') break;
		}
		return made;
	});
	if (!reports) throw new UserError('Für diese Stadt wird gerade schon ein System gelesen.');
	return reports;
}

function chosen({ bodies }: ForeignSystem, wanted: readonly string[] | undefined): ForeignBody[] {
	const names = bodies.map(({ name }) => `„${name}“`).join(', ');
	if (!wanted?.length) {
		if (bodies.length === 1) return bodies;
		throw new UserError(`Dieses System hat mehrere Körperschaften: ${names}. Mit --body NAME wird eine gewählt.`);
	}
	return wanted.map((word) => {
		const found = bodies.find(({ id, name, shortName }) =>
			[id, name.toLowerCase(), shortName.toLowerCase()].includes(word.includes('://') ? word : word.toLowerCase()),
		);
		if (!found) throw new UserError(`Eine Körperschaft „${word}“ gibt es dort nicht: ${names}.`);
		return found;
	});
}

async function harvestBody(
	ctx: Ctx,
	source: Source,
	told: { system: ForeignSystem; body: ForeignBody; found: Finding[] },
	options: HarvestOptions,
): Promise<HarvestReport> {
	const { system, body } = told;
	const of: SourceOf = {
		address: source.address,
		kind: options.kind ?? (source.tellsChanges ? 'oparl' : 'dump'),
		system,
		body,
	};
	const wanted = { whole: options.whole === true || !source.tellsChanges, files: options.files === true };
	const reading = await beginReading(ctx, of, wanted);
	for (const { kind, fault, example } of told.found)
		if (!reading.findings.has(kind, fault)) reading.findings.add(kind, fault, example);
	const signal = options.signal ?? new AbortController().signal;
	const say = options.say ?? (() => undefined);
	const facts = {
		id: reading.sourceId,
		name: reading.sourceName,
		namesOnly: of.kind === 'calendar' || of.kind === 'feed',
		bodyId: body.id,
		bodyName: body.name,
		mainOrganization: body.mainOrganization,
		keepsIds: of.kind === 'dump',
	};
	try {
		await readLists({ ctx, source, body, reading, signal, say });
		await takeOver({ ctx, reading, facts, signal, say });
		if (reading.withFiles) await fetchFiles({ ctx, source, reading, signal, say });
		await endReading(ctx, reading, 'done');
		return report(reading, told, 'done');
	} catch (error) {
		if (error instanceof Stopped || signal.aborted) {
			await endReading(ctx, reading, 'cancelled');
			return report(reading, told, 'cancelled');
		}
		await endReading(ctx, reading, 'broken', (error as Error).message).catch(() => undefined);
		throw error;
	}
}

function report(
	reading: Reading,
	{ system, body }: { system: ForeignSystem; body: ForeignBody },
	state: HarvestReport['state'],
): HarvestReport {
	const { id, sourceName, resumed, whole, counts, findings } = reading;
	return {
		readingId: id,
		source: sourceName,
		body: body.name,
		version: system.version,
		state,
		resumed,
		whole,
		counts,
		findings: findings.list(),
	};
}
