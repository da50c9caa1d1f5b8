import type { WriteCtx } from '#kernel/ctx.ts';
import { newId } from '#kernel/ids.ts';
import { numberResolutions } from './resolutions.server.ts';
import { buildContent } from './rules/build.ts';
import { minutesSource } from './source.server.ts';
import { fixVersion } from './store.server.ts';

/** Signed and published minutes for the demonstration's past sessions; all but the last one are confirmed. */
export async function keepMinutes(tx: WriteCtx, councilBodyId: string): Promise<void> {
	const meetings = await tx.db
		.selectFrom('council.meeting')
		.select(['id', 'slug', 'minutes_signed_on', 'date'])
		.where('council_body_id', '=', councilBodyId)
		.where('state', '=', 'minutesSigned')
		.orderBy('date')
		.execute();
	for (const [at, meeting] of meetings.entries()) {
		const next = meetings[at + 1];
		const signedOn = meeting.minutes_signed_on ?? meeting.date;
		const signedAt = signedOn.toZonedDateTime({ timeZone: tx.body.timeZone, plainTime: '10:00' }).toInstant();
		await numberResolutions(tx, meeting.id);
		const minutesId = newId();
		await tx.db
			.insertInto('council.minutes_record')
			.values({
				id: minutesId,
				meeting_id: meeting.id,
				state: next ? 'approved' : 'published',
				published_at: signedAt,
				approved_public_on: next?.date ?? null,
				approved_closed_on: next?.date ?? null,
			})
			.execute();
		const source = await minutesSource(tx, meeting.slug);
		const version = await fixVersion(tx, minutesId, buildContent(source), { number: 1, reason: '' });
		const signers = [
			{ role: 'chair', ...source.chair },
			{ role: 'minuteTaker', name: source.minuteTaker.name, function: 'Schriftführung' },
		];
		for (const signer of signers)
			await tx.db
				.insertInto('council.minutes_signature')
				.values({
					id: newId(),
					version_id: version.id,
					...signer,
					signed_on: signedOn,
					signed_at: signedAt,
					method: 'account',
				})
				.execute();
		tx.touch('council.minutes', minutesId, { act: 'published' });
	}
}
