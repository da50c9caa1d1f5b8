/**
 * Folded words that often stand in compounds of municipal texts, for towns whose own vocabulary is still small. Not a
 * dictionary: the vocabulary of the town's documents does the rest.
 */
export const SEED: ReadonlySet<string> = new Set(
	`abend abteilung akte alltag alter amt angebot antrag anfrage arbeit armut art arzt asyl auftrag ausschuss ausbildung
	auslander ausweis bad bahn ball bau bahnhof bedarf begegnung behorde beirat beruf beratung bericht beschluss besuch
	beteiligung bezirk bibliothek bild bildung brief bruck bund bundes burger buro chor dach daten dezernat deutsch dienst
	dolmetscher dorf druck ehe ehren einrichtung eltern energie erwachsene essen europa fach familie farbe feier ferien fest feuer
	finanz fluchtling fluss forder form forschung fraktion frau frauen freund freundschaft frieden fuhrung fuss garten gast
	gebiet geburt gefluchtete geld gemeinde gericht gesellschaft gesetz gesprach gesundheit gewalt gleich gremium
	grund gruppe hafen halle hand haus haushalt heim heimat helfer herkunft hilfe hoch hof information initiative integration
	inter jahr jahre jugend junge kammer kasse kind kinder kirche kita klasse klima koch kommune konferenz kosten kranken kreis
	krieg kultur kunst kurs land landes laden leben lehr lehrer leitbild leitlinie leitung lern liste macht madchen markt massnahme
	medien mensch menschen messe miete migrant migration mittel mitglied mittag musik mutter muttersprache nachbar nacht
	netz netzwerk obdach oberburgermeister offentlichkeit ordnung ort partner personal pflege plan platz polizei post
	praktikum praxis presse projekt protokoll prufung quartier rad rat rathaus raum recht rede referat regel region religion
	rente runde sache saal sammlung satzung schule schul schutz schuler seite senat senioren sitzung sommer sonder sonne
	sozial spiel sport sprache sprach staat stadt stadtteil stand stelle stellung steuer stiftung strasse student studie
	stunde tag tages tanz teil teilhabe telefon termin text theater thema tisch tochter tor trager treff turnier turn umwelt
	unterkunft unterricht vater verband verein vereinbarung verfahren verkehr vermittlung versammlung verwaltung viertel volk
	volks vorlage vorsitz vorstand wahl wald wasser weg weihnacht werk wert wesen winter wirtschaft woche wohn wohnung
	wunsch zahl zeit zeitung zentrum zeug ziel zimmer zug zuwanderung`.split(/\s+/),
);
