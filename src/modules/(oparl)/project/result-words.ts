/** Results of items as the town's minutes call them: how they are told, and how a dump of this program is understood again. */
export const RESULTS: Record<string, string> = {
	adopted: 'angenommen',
	adoptedChanged: 'geändert angenommen',
	rejected: 'abgelehnt',
	noted: 'zur Kenntnis genommen',
	postponed: 'vertagt',
	referred: 'verwiesen',
	withdrawn: 'zurückgezogen',
	parked: 'zurückgestellt',
	settled: 'erledigt',
	withoutVote: 'ohne Abstimmung',
	confirmed: 'bestätigt',
	elected: 'gewählt',
};
