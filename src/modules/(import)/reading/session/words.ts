/** Words by which a session's head is known: what the paper is, what kind of meeting it was, where it was held. */

export const TITLE_WORD =
	/(?:\p{L}*protokoll(?:auszug)?|\p{L}*niederschrift|einladung|bekanntmachung|gesprächsnotiz|aktennotiz|vermerk|sitzungsbericht|auszug)(?![\p{L}])/iu;

export const SESSION_WORD =
	/\p{L}*(?:sitzung(?:en)?|treffens?|tagung|versammlung|zusammenkunft|workshops?|besprechung|beratung|klausur|runde[rn]?\s+tisch\p{L}*)(?![\p{L}])/iu;

export const PLACE =
	/\p{L}*(?:heim|keller|scheune|stube|kantine|saal|rathaus|raum|zimmer|haus|zentrum|halle|gebäude|schule|bibliothek|bücherei|foyer|treff|straße|str\.|platz|videokonferenz|zoom|webex|bigbluebutton|online|hybrid|kulturzentrum|akademie|forum|kirche|verwaltungsgebäude|landratsamt|büro|aula|mensa|café|cafe)(?![\p{L}])/iu;
