import * as m from '#messages';
import { formatList } from '#kernel/i18n/format.ts';
import type { Choice } from '#ui/types.ts';
import { RESULTS, ROLES, type Follows, type Role, type Station, type StationResult } from '../types.ts';
import { bodyNames, resultWord, roleWord } from './words.ts';

const NAMES: Record<Role, () => string> = {
	approval: m.papers_way_work_role_approval,
	hearing: m.papers_way_work_role_hearing,
	advisory: m.papers_way_work_role_advisory,
	information: m.papers_way_work_role_information,
	deciding: m.papers_way_work_role_deciding,
};
export const roleName = (role: Role): string => NAMES[role]();
export const roleChoices = (): Choice[] => ROLES.map((value) => ({ value, label: roleName(value) }));

const FOLLOWS: Record<Follows, () => string> = {
	postponed: m.papers_way_work_follows_postponed,
	resubmission: m.papers_way_work_follows_resubmission,
	referral: m.papers_way_work_follows_referral,
	termChange: m.papers_way_work_follows_termChange,
};
export const followsWord = (follows: Follows): string => FOLLOWS[follows]();

/** What a station of this role can have said. */
export function resultChoices(role: Role): Choice[] {
	const fits = (result: StationResult) =>
		role === 'approval'
			? ['approved', 'rejected', 'postponed'].includes(result)
			: result !== 'approved' && !(role === 'deciding' && result === 'noRecommendation');
	return RESULTS.filter(fits).map((value) => ({ value, label: resultWord(value, role) }));
}

/** How a station is called in a sentence: its bodies, else what it is there for. */
export function nameOf(station: Pick<Station, 'bodies' | 'role'>): string {
	return bodyNames(station) || roleName(station.role);
}

/** Full names for a heading. */
export function fullNames(station: Pick<Station, 'bodies' | 'role'>): string {
	return (
		formatList(
			station.bodies.map(({ name }) => name),
			'de',
		) || roleWord(station.role)
	);
}

/** Where a new or planned station may go. */
export function placeChoices(stations: readonly Station[], own: string | null): Choice[] {
	const planned = stations.filter(({ state, id }) => state === 'planned' && id !== own);
	return [
		{ value: own ?? '', label: own ? m.papers_way_work_place_keep() : m.papers_way_work_place_usual() },
		...(own ? [] : [{ value: 'end', label: m.papers_way_work_place_end() }]),
		...planned.map((station) => ({
			value: station.id,
			label: m.papers_way_work_place_beside({ body: nameOf(station) }),
		})),
	];
}

const SAID: Record<string, () => string> = {
	neu: m.papers_way_work_said_neu,
	geaendert: m.papers_way_work_said_geaendert,
	weg: m.papers_way_work_said_weg,
	ausgelassen: m.papers_way_work_said_ausgelassen,
	wieder: m.papers_way_work_said_wieder,
	verschoben: m.papers_way_work_said_verschoben,
	ergebnis: m.papers_way_work_said_ergebnis,
	zurueck: m.papers_way_work_said_zurueck,
	tagesordnung: m.papers_way_work_said_tagesordnung,
	satzung: m.papers_way_work_said_satzung,
	wahlperiode: m.papers_way_work_said_wahlperiode,
};
export const saidWord = (said: string | null): string => (said && Object.hasOwn(SAID, said) ? SAID[said]!() : '');
