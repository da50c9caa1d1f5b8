import { sql } from 'kysely';
import type { Ctx } from '#kernel/ctx.ts';
import { DEFAULT_LINES, DEFAULT_TEMPLATE } from './default-template.ts';
import type { TemplateLine } from './rules/compose.ts';

/** How a body usually meets, and its standing items and guests. */
export interface Template {
	/** Nobody has set one up: these are the values every body begins with. */
	isDefault: boolean;
	titlePattern: string;
	numbering: 'year' | 'term';
	/** `17:00` */
	start: string;
	minutes: number;
	placeId: string | null;
	mode: 'room' | 'hybrid' | 'video';
	reminderDays: number[];
	lines: (TemplateLine & { reporter: string })[];
	guests: TemplateGuest[];
}

export interface TemplateGuest {
	id: string;
	label: string;
	officeId: string | null;
	office: string;
	places: number;
}

/** The template of a body; one that has none gets the usual order of business. One query. */
export async function templateOf(ctx: Pick<Ctx, 'db' | 'body'>, councilBodyId: string): Promise<Template> {
	const body = ctx.body.id;
	const { rows } = await sql<{
		found: Omit<Template, 'isDefault'> | null;
		lines: Template['lines'];
		guests: TemplateGuest[];
	}>`
		select (select json_build_object('titlePattern', t.title_pattern, 'numbering', t.numbering,
			'start', to_char(t.start_time, 'HH24:MI'), 'minutes', t.minutes, 'placeId', t.place_id, 'mode', t.mode,
			'reminderDays', t.reminder_days) from council.agenda_template t
			where t.body_id = ${body} and t.council_body_id = ${councilBodyId}) as found,
		coalesce((select json_agg(json_build_object('id', l.id, 'kind', l.kind, 'title', l.title, 'public', l.public,
			'closedCode', l.closed_code, 'closedBasis', l.closed_basis, 'neutralTitle', l.neutral_title,
			'reporterOfficeId', l.reporter_office_id, 'reporterText', l.reporter_text, 'reviewsTasks', l.reviews_tasks,
			'reporter', coalesce(f.title, '')) order by l.position)
			from council.agenda_template_line l left join registry.office f on f.body_id = l.body_id and f.id = l.reporter_office_id
			where l.body_id = ${body} and l.council_body_id = ${councilBodyId}), '[]') as lines,
		coalesce((select json_agg(json_build_object('id', g.id, 'label', g.label, 'officeId', g.office_id,
			'office', coalesce(f.title, ''), 'places', g.places) order by g.position)
			from council.agenda_template_guest g left join registry.office f on f.body_id = g.body_id and f.id = g.office_id
			where g.body_id = ${body} and g.council_body_id = ${councilBodyId}), '[]') as guests`.execute(ctx.db);
	const { found, lines, guests } = rows[0]!;
	if (!found) return { isDefault: true, ...DEFAULT_TEMPLATE, lines: DEFAULT_LINES, guests };
	return { isDefault: false, ...found, lines, guests };
}
