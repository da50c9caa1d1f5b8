import { demand } from '#kernel/access/actor.ts';
import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { PRESETS } from '../rules/presets.ts';
import type { Citation } from '../rules/profile.ts';

export interface NewCouncilBody {
	/** Organisation of the registry that becomes a council body. */
	organisationId: string;
	slug: string;
	kind: 'council' | 'committee' | 'board' | 'roundTable' | 'workingGroup';
	advisory?: boolean;
	visibility?: 'public' | 'members';
	purpose?: string;
	/** Key of a shipped preset; its rules are copied and can be changed afterwards. */
	preset: string;
	citations?: Citation[];
	statute?: { title: string; url: string | null };
	from: Temporal.PlainDate;
}

export interface NewSeat {
	councilBodyId: string;
	number: number;
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory';
	voting: boolean;
	organisationId?: string | null;
	appointedBy?: string;
	/** Left out: anybody of the group for a delegated seat, nobody for the others (rulebook R1-03, R1-05). */
	substitutes?: 'none' | 'named' | 'anyOfGroup';
	successors?: 'none' | 'rankedList';
	from: Temporal.PlainDate;
}

/** Makes an organisation a council body with a first rule profile. @throws Error for an unknown preset */
export async function addCouncilBody(tx: WriteCtx, given: NewCouncilBody): Promise<string> {
	demand(tx.actor, 'council.structure');
	const preset = PRESETS.find(({ key }) => key === given.preset);
	if (!preset) throw new Error(`no preset ${given.preset}`);
	await tx.db
		.insertInto('council.council_body')
		.values({
			id: given.organisationId,
			slug: given.slug,
			kind: given.kind,
			advisory: given.advisory ?? true,
			visibility: given.visibility ?? 'public',
			purpose: given.purpose ?? '',
		})
		.execute();
	await tx.db
		.insertInto('council.rule_profile')
		.values({
			id: newId(),
			council_body_id: given.organisationId,
			name: preset.name,
			from_date: given.from,
			rules: JSON.stringify(preset.rules),
			citations: JSON.stringify(given.citations ?? preset.citations),
			statute_title: given.statute?.title ?? '',
			statute_url: given.statute?.url ?? null,
		})
		.execute();
	tx.touch('council.councilBody', given.organisationId, {
		act: 'created',
		fields: { slug: given.slug, preset: given.preset },
	});
	return given.organisationId;
}

/** @returns id @throws if the number is taken in those days */
export async function addSeat(tx: WriteCtx, given: NewSeat): Promise<string> {
	demand(tx.actor, 'council.structure', given.councilBodyId);
	const id = newId();
	await tx.db
		.insertInto('council.seat')
		.values({
			id,
			council_body_id: given.councilBodyId,
			number: given.number,
			kind: given.kind,
			voting: given.voting,
			organisation_id: given.organisationId ?? null,
			appointed_by: given.appointedBy ?? '',
			substitutes: given.substitutes ?? (given.kind === 'delegated' ? 'anyOfGroup' : 'none'),
			successors: given.successors ?? (given.kind === 'resident' ? 'rankedList' : 'none'),
			from_date: given.from,
		})
		.execute();
	tx.touch('council.councilBody', given.councilBodyId, {
		act: 'seatAdded',
		fields: { number: given.number, kind: given.kind },
	});
	return id;
}

/** Puts a membership on a seat. @throws if the seat is filled in those days (a seat is filled once at a time) */
export async function fillSeat(
	tx: WriteCtx,
	given: {
		seatId: string;
		membershipId: string;
		councilBodyId: string;
		from: Temporal.PlainDate;
		until?: Temporal.PlainDate | null;
	},
): Promise<string> {
	demand(tx.actor, 'council.structure', given.councilBodyId);
	const id = newId();
	await tx.db
		.insertInto('council.seat_filling')
		.values({
			id,
			seat_id: given.seatId,
			membership_id: given.membershipId,
			from_date: given.from,
			until_date: given.until ?? null,
		})
		.execute();
	tx.touch('council.councilBody', given.councilBodyId, { act: 'seatFilled', fields: { seat: given.seatId } });
	return id;
}
