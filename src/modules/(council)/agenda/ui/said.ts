import * as m from '#messages';

const SAID: Record<string, () => string> = {
	neu: m.council_agenda_said_new,
	dazu: m.council_agenda_said_added,
	geaendert: m.council_agenda_said_changed,
	weg: m.council_agenda_said_removed,
	wieder: m.council_agenda_said_restored,
	verschoben: m.council_agenda_said_moved,
	gast: m.council_agenda_said_guest,
	'gast-weg': m.council_agenda_said_guest_off,
	vorschlag: m.council_agenda_said_nominated,
	'vorschlag-weg': m.council_agenda_said_nomination_off,
	sichtbar: m.council_agenda_said_published,
	verborgen: m.council_agenda_said_unpublished,
	datei: m.council_agenda_said_file,
	'datei-weg': m.council_agenda_said_file_off,
	'datei-stand': m.council_agenda_said_file_shown,
	eingeladen: m.council_agenda_said_invited,
	nochmal: m.council_agenda_said_again,
	umgezogen: m.council_agenda_said_moved_meeting,
	abgesagt: m.council_agenda_said_cancelled,
	vorlage: m.council_agenda_said_template,
	antwort: m.council_agenda_said_answer,
};

/** What was done, for the page that an act leads back to; nothing for words nobody knows. */
export function saidWord(word: string | null): string | undefined {
	return word && Object.hasOwn(SAID, word) ? SAID[word]!() : undefined;
}
