export interface OriginatorRow {
	id: string;
	kind: string;
	organisation: string | null;
	person: string | null;
	leftOn: string | null;
	own: boolean;
}
