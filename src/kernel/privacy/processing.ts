import type { Ctx } from '../ctx.ts';
import type { TownSettings } from '../town.ts';
import type { RetentionClass } from './declaration.ts';
import { periodOf } from './retention.ts';
import { personalTables } from './tables.ts';

/** One processing activity: everything declared for one purpose. All words are keys of messages. */
export interface ProcessingActivity {
	module: string;
	purpose: string;
	bases: string[];
	/** Tables with their personal columns. */
	data: { table: string; columns: string[] }[];
	retention: { class: RetentionClass; /** ISO 8601, null without an end */ period: string | null }[];
}

/** The record of processing activities (Art. 30 GDPR), made from the declarations: it can't forget a table. */
export interface RecordOfProcessing {
	town: string;
	contact: TownSettings['contact'];
	imprint: TownSettings['imprint'];
	on: Temporal.PlainDate;
	activities: ProcessingActivity[];
}

export function recordOfProcessing(ctx: Ctx): RecordOfProcessing {
	const activities = new Map<string, ProcessingActivity>();
	for (const { module, purpose, basis, table, columns } of personalTables()) {
		const activity = activities.get(purpose) ?? { module, purpose, bases: [], data: [], retention: [] };
		activities.set(purpose, activity);
		if (!activity.bases.includes(basis)) activity.bases.push(basis);
		activity.data.push({ table, columns: Object.keys(columns) });
		for (const { retention } of Object.values(columns)) {
			if (activity.retention.some((known) => known.class === retention)) continue;
			activity.retention.push({ class: retention, period: periodOf(retention)?.toString() ?? null });
		}
	}
	const { contact, imprint } = ctx.body.settings;
	return { town: ctx.body.name, contact, imprint, on: ctx.today, activities: [...activities.values()] };
}
