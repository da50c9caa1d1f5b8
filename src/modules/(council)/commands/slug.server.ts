import type { WriteCtx } from '#kernel/ctx.ts';

/** Address of a session: its day; a second one on the same day gets "-2". */
export async function freeSlug(tx: WriteCtx, date: Temporal.PlainDate): Promise<string> {
	const day = date.toString();
	const rows = await tx.db.selectFrom('council.meeting').select('slug').where('date', '=', date).execute();
	const taken = new Set(rows.map(({ slug }) => slug));
	if (!taken.has(day)) return day;
	for (let n = 2; ; n++) if (!taken.has(`${day}-${n}`)) return `${day}-${n}`;
}
