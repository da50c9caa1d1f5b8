/**
 * The moment a new body constitutes itself (rulebook R1-15): what ends and what begins that day, computed as a whole before
 * anything is written. Days are ISO, periods half-open: the day of constitution is the first of the new body.
 */

export interface HeldMembership {
	id: string;
	personId: string;
	name: string;
	kind: 'member' | 'substitute' | 'successor' | 'advisory' | 'guest';
	managingOffice: boolean;
	from: string;
	until: string | null;
}

export interface SeatShape {
	number: number;
	kind: 'delegated' | 'resident' | 'organisation' | 'exOfficio' | 'advisory';
	voting: boolean;
	label: string;
	organisation: string | null;
	appointedBy: string;
	substitutes: 'none' | 'named' | 'anyOfGroup';
	successors: 'none' | 'rankedList';
}

export interface RunningSeat extends SeatShape {
	id: string;
	from: string;
}

export interface HeldFilling {
	id: string;
	seatId: string;
	membershipId: string;
	from: string;
	until: string | null;
}

export interface PlannedSeat extends SeatShape {
	id: string;
	/** The designated membership, null for a seat that begins vacant. */
	membershipId: string | null;
}

export interface Designated {
	id: string;
	personId: string;
	name: string;
	kind: HeldMembership['kind'];
}

export interface ConstitutionInputs {
	on: string;
	/** First day of the body that constituted itself before; null for the first one. */
	termBegan: string | null;
	memberships: readonly HeldMembership[];
	fillings: readonly HeldFilling[];
	seats: readonly RunningSeat[];
	planned: readonly PlannedSeat[];
	designated: readonly Designated[];
}

export interface ConstitutionPlan {
	endMemberships: string[];
	endFillings: string[];
	endSeats: string[];
	/** Seats that begin that day, by their planned id. */
	newSeats: string[];
	begin: string[];
	/** `seat`: a running seat that goes on, or the planned one that begins. */
	fill: { seat: { running: string } | { planned: string }; membershipId: string }[];
}

export type ConstitutionFault =
	| { code: 'council.termOrder'; from: string }
	| { code: 'council.beginsLater'; name: string; from: string }
	| { code: 'council.alreadyMember'; name: string }
	| { code: 'council.noSeats' };

/** What has to happen on the day, or the first reason why it can't. */
export function planConstitution(given: ConstitutionInputs): ConstitutionPlan | ConstitutionFault {
	const { on } = given;
	const running = given.memberships.filter(({ from, until }) => from < on && (until === null || until > on));
	const fault = findFault(given, running);
	if (fault) return fault;
	const kept = matchSeats(given);
	const endSeats = given.seats.filter(({ id }) => ![...kept.values()].includes(id)).map(({ id }) => id);
	const staying = running.filter((membership) => staysOn(membership, given, kept));
	const stays = new Set(staying.map(({ id }) => id));
	const current = given.fillings.filter(({ from, until }) => from < on && (until === null || until > on));
	return {
		endMemberships: running.filter(({ id }) => !stays.has(id)).map(({ id }) => id),
		endFillings: current
			.filter((filling) => !stays.has(filling.membershipId) || endSeats.includes(filling.seatId))
			.map(({ id }) => id),
		endSeats,
		newSeats: given.planned.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
		begin: given.designated.map(({ id }) => id),
		fill: given.planned.flatMap(({ id, membershipId }) => {
			if (!membershipId) return [];
			const seatId = kept.get(id);
			return [{ seat: seatId ? { running: seatId } : { planned: id }, membershipId }];
		}),
	};
}

/** Planned seats that are the same as running ones go on: planned id → running id. */
function matchSeats({ seats, planned }: ConstitutionInputs): Map<string, string> {
	const kept = new Map<string, string>();
	for (const one of planned) {
		const same = seats.find((seat) => seat.number === one.number);
		if (same && sameShape(same, one)) kept.set(one.id, same.id);
	}
	return kept;
}

function sameShape(a: SeatShape, b: SeatShape): boolean {
	return (
		a.kind === b.kind &&
		a.voting === b.voting &&
		a.label === b.label &&
		a.organisation === b.organisation &&
		a.appointedBy === b.appointedBy &&
		a.substitutes === b.substitutes &&
		a.successors === b.successors
	);
}

/**
 * Appointments end with the body. Who is there by office stays while the seat stays and nobody else is named for it; so do
 * the managing office and standing guests, who are nobody's appointment.
 */
function staysOn(membership: HeldMembership, given: ConstitutionInputs, kept: Map<string, string>): boolean {
	if (membership.kind === 'guest' || membership.managingOffice) return true;
	const filling = given.fillings.find((one) => one.membershipId === membership.id && covers(one, given.on));
	const seat = given.seats.find(({ id }) => id === filling?.seatId);
	if (seat?.kind !== 'exOfficio') return false;
	return given.planned.some((one) => kept.get(one.id) === seat.id && one.membershipId === null);
}

function covers({ from, until }: HeldFilling, day: string): boolean {
	return from < day && (until === null || until > day);
}

function findFault(given: ConstitutionInputs, running: readonly HeldMembership[]): ConstitutionFault | null {
	const { on, termBegan } = given;
	if (!given.planned.length) return { code: 'council.noSeats' };
	if (termBegan !== null && termBegan >= on) return { code: 'council.termOrder', from: termBegan };
	const seat = given.seats.find(({ from }) => from >= on);
	if (seat) return { code: 'council.termOrder', from: seat.from };
	const later = given.memberships.find(({ from, until }) => from >= on && (until === null || until > from));
	if (later) return { code: 'council.beginsLater', name: later.name, from: later.from };
	const kept = matchSeats(given);
	const twice = given.designated.find((one) =>
		running.some((held) => held.personId === one.personId && held.kind === one.kind && staysOn(held, given, kept)),
	);
	return twice ? { code: 'council.alreadyMember', name: twice.name } : null;
}
