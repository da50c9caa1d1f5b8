import { z } from 'zod';
import { demand } from '#kernel/access/actor.ts';
import { RuleViolation } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { ServerOnly } from '#kernel/http/server-only.ts';
import { toWriting } from '#kernel/text/writing.ts';
import { putPaperOnAgenda } from '../../../way/agenda.server.ts';
import { acted, type Sent } from '../../../way/forms.server.ts';
import { enterOutcome, takeOutcomeBack } from '../../../way/outcome.server.ts';
import { AgendaForm, OutcomeForm, ReasonForm, StationForm, StatuteForm, votesIn } from '../../../way/schema.ts';
import { moveToNewTerm, resumeStation, skipStation } from '../../../way/skipped.server.ts';
import {
	addStation,
	bringStationBack,
	changeStation,
	moveStation,
	removeStation,
	type Move,
} from '../../../way/stations.server.ts';
import { changesNoStatute, changesStatute } from '../../../way/statute.server.ts';
import { workView } from '../../../way/work.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	demand(ctx.actor, 'papers.write');
	const { operative, ...view } = await workView(ctx, params.slug);
	return {
		work: new ServerOnly({ ...view, operative: toWriting(operative) }),
		said: url.searchParams.get('gesagt'),
		hearing: url.searchParams.has('anhoerung'),
		edited: url.searchParams.get('station'),
	};
};

const Which = z.object({ id: z.uuid() });
const given = <T extends object>(form: T, sent: Sent) => ({ ...form, jointly: sent.jointly.filter(isId) });

export const actions: Actions = {
	neu: (event) =>
		acted(event, 'papers.write', 'neu', StationForm, async (ctx, form, sent) => {
			const id = await addStation(ctx, event.params.slug, given(form, sent));
			return { gesagt: 'neu', at: `station-${id}` };
		}),
	aendern: (event) =>
		acted(event, 'papers.write', 'aendern', StationForm, async (ctx, form, sent) => {
			await changeStation(ctx, event.params.slug, sent.id, given(form, sent));
			return { gesagt: 'geaendert', at: `station-${sent.id}` };
		}),
	entfernen: (event) =>
		acted(event, 'papers.write', 'entfernen', Which, async (ctx, _, { id }) => {
			await removeStation(ctx, event.params.slug, id);
			return { gesagt: 'weg' };
		}),
	zurueckholen: (event) =>
		acted(event, 'papers.write', 'zurueckholen', Which, async (ctx, _, { id }) => {
			const back = await bringStationBack(ctx, event.params.slug, id);
			return { gesagt: 'neu', ...(back && { at: `station-${back}` }) };
		}),
	schieben: (event) =>
		acted(event, 'papers.write', 'schieben', Which, async (ctx, _, { id, typed }) => {
			const before = typed.vor;
			const move: Move =
				before === undefined ? { by: typed.richtung === 'hoch' ? -1 : 1 } : { before: isId(before) ? before : null };
			await moveStation(ctx, event.params.slug, id, move);
			return { gesagt: 'verschoben', at: `station-${id}` };
		}),
	auslassen: (event) =>
		acted(event, 'papers.edit', 'auslassen', ReasonForm, async (ctx, { reason }, { id }) => {
			await skipStation(ctx, event.params.slug, id, reason);
			return { gesagt: 'ausgelassen', at: `station-${id}` };
		}),
	wieder: (event) =>
		acted(event, 'papers.edit', 'wieder', Which, async (ctx, _, { id }) => {
			await resumeStation(ctx, event.params.slug, id);
			return { gesagt: 'wieder', at: `station-${id}` };
		}),
	ergebnis: (event) =>
		acted(event, 'papers.outcome', 'ergebnis', OutcomeForm, async (ctx, form, { id, typed }) => {
			const bodies = (typed.bodies ?? '').split(' ').filter(isId);
			const votes = votesIn(typed, bodies);
			if (!votes) throw new RuleViolation('papers.way.votes', {}, 'yes-0');
			await enterOutcome(ctx, event.params.slug, id, { ...form, votes });
			return { gesagt: 'ergebnis', at: `station-${id}` };
		}),
	zuruecknehmen: (event) =>
		acted(event, 'papers.edit', 'zuruecknehmen', ReasonForm, async (ctx, { reason }, { id }) => {
			await takeOutcomeBack(ctx, event.params.slug, id, reason);
			return { gesagt: 'zurueck', at: `station-${id}` };
		}),
	tagesordnung: (event) =>
		acted(event, 'papers.write', 'tagesordnung', AgendaForm, async (ctx, form, { id }) => {
			await putPaperOnAgenda(ctx, event.params.slug, id, form);
			return { gesagt: 'tagesordnung', at: `station-${id}` };
		}),
	satzung: (event) =>
		acted(event, 'papers.edit', 'satzung', StatuteForm, async (ctx, form) => {
			await changesStatute(ctx, event.params.slug, form);
			return { gesagt: 'satzung', at: 'satzung' };
		}),
	'satzung-nicht': (event) =>
		acted(event, 'papers.edit', 'satzung', Which, async (ctx, _, { id }) => {
			await changesNoStatute(ctx, event.params.slug, id);
			return { gesagt: 'satzung', at: 'satzung' };
		}),
	wahlperiode: (event) =>
		acted(event, 'papers.edit', 'wahlperiode', ReasonForm, async (ctx, { reason }) => {
			await moveToNewTerm(ctx, event.params.slug, reason);
			return { gesagt: 'wahlperiode' };
		}),
};
