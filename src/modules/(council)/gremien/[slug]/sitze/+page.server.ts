import { bodyActions } from '../../../structure/actions.server.ts';
import { bodyToChange } from '../../../structure/bodies.server.ts';
import { recordDeparture, takeBackDeparture } from '../../../structure/departures.server.ts';
import { choicesFor } from '../../../structure/queries.server.ts';
import { departureWork, otherWork, seatWork, successionWork } from '../../../structure/seat-queries.server.ts';
import {
	AppointForm,
	DecideForm,
	DepartureForm,
	IdForm,
	OtherMemberForm,
	SeatChangeForm,
	SeatEndForm,
	SeatForm,
} from '../../../structure/schema.ts';
import { addOther, appoint } from '../../../structure/appointments.server.ts';
import { addSeats, changeSeat, endSeat } from '../../../structure/seats.server.ts';
import { confirmSuccession, refuseSuccession } from '../../../structure/successions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const body = await bodyToChange(ctx, params.slug);
	const seats = await seatWork(ctx, body.id);
	const others = await otherWork(ctx, body.id);
	const wanted = Number(url.searchParams.get('sitz'));
	const member = url.searchParams.get('person');
	return {
		body,
		seats,
		others,
		departures: await departureWork(ctx, body.id),
		successions: await successionWork(ctx, body.id),
		...(await choicesFor(ctx)),
		/** The seat or person whose forms are open. */
		open: seats.find(({ number }) => number === wanted) ?? null,
		leaving: others.find(({ membershipId }) => membershipId === member) ?? null,
		today: ctx.today.toString(),
	};
};

const inBody = bodyActions('sitze');

export const actions: Actions = {
	neu: inBody('neu', SeatForm, ({ locals: { ctx } }, id, given) => addSeats(ctx, id, given)),
	aendern: inBody('aendern', SeatChangeForm, ({ locals: { ctx } }, id, given) => changeSeat(ctx, id, given)),
	beenden: inBody('beenden', SeatEndForm, ({ locals: { ctx } }, id, given) => endSeat(ctx, id, given)),
	berufen: inBody('berufen', AppointForm, ({ locals: { ctx } }, id, given) => appoint(ctx, id, given)),
	weitere: inBody('weitere', OtherMemberForm, ({ locals: { ctx } }, id, given) => addOther(ctx, id, given)),
	ausscheiden: inBody(
		'ausscheiden',
		DepartureForm,
		({ locals: { ctx }, url }, id, given) => recordDeparture(ctx, id, given, url.origin),
		'#ausgeschieden',
	),
	zuruecknehmen: inBody('zuruecknehmen', IdForm, ({ locals: { ctx } }, id, given) =>
		takeBackDeparture(ctx, id, given.id),
	),
	nachruecken: inBody('nachruecken', DecideForm, ({ locals: { ctx } }, id, given) => confirmSuccession(ctx, id, given)),
	ablehnen: inBody(
		'ablehnen',
		IdForm,
		({ locals: { ctx } }, id, given) => refuseSuccession(ctx, id, given.id),
		'#nachfolge',
	),
};
