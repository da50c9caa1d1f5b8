import type { Role } from './types.ts';

/** One planned station on the list of what comes to which body. */
export interface PlannedRow {
	id: string;
	bodyId: string;
	body: string;
	slug: string;
	title: string;
	reference: string;
	type: string;
	role: Role;
	public: boolean;
	plannedOn: string | null;
	/** It stands on the agenda of this session. */
	sessionSlug: string | null;
}
