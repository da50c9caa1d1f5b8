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

/** Results of stations in the town's words. */
export const OUTCOMES: Record<string, string> = {
	approved: 'genehmigt',
	adopted: 'beschlossen',
	adoptedChanged: 'geändert beschlossen',
	rejected: 'abgelehnt',
	noted: 'zur Kenntnis genommen',
	postponed: 'vertagt',
	setAside: 'zurückgestellt',
	referred: 'an ein anderes Gremium verwiesen',
	settled: 'erledigt',
	withdrawn: 'zurückgezogen',
	noRecommendation: 'ohne Empfehlung',
	opinion: 'Stellung genommen',
};
