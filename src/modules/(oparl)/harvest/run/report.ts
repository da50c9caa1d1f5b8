import type { Fault } from '../reading/findings.ts';
import type { HarvestReport } from './harvest.server.ts';

/** What each finding means, for the terminal (German like all of it). */
export const FAULT_WORDS: Record<Fault, string> = {
	addressWithoutId: 'ohne Kennung',
	badDate: 'Datum nicht lesbar',
	badNumber: 'Zahl nicht lesbar',
	brokenJson: 'fehlerhaftes JSON',
	controlCharacters: 'Steuerzeichen im Text',
	cycle: 'verweist auf sich selbst',
	dateWithoutOffset: 'Zeit ohne Zeitzone; als Ortszeit gelesen',
	doubleId: 'Kennung doppelt vergeben; die erste zählt',
	doubleReference: 'Nummer doppelt vergeben; die weitere bekam einen Zusatz',
	endBeforeStart: 'endet, bevor es beginnt; ohne Ende übernommen',
	html: 'HTML im Text; entfernt',
	listLoop: 'Liste ohne Ende; abgebrochen',
	listMissing: 'Liste fehlt',
	mojibake: 'falsche Zeichenkodierung; berichtigt',
	noBeginning: 'ohne Beginn',
	noFunction: 'ohne Funktion; nicht übernommen',
	noName: 'ohne Namen',
	notFound: 'nicht abrufbar',
	notInList: 'in keiner Liste',
	notKept: 'nicht übernommen',
	nullValue: 'null statt einer Angabe',
	numberAsText: 'Zahl als Text',
	orphan: 'gehört zu nichts, das es hier gibt',
	overlap: 'überschneidet sich mit einer anderen; zusammengelegt',
	relativeLink: 'unvollständige Adresse; ergänzt',
	reversedRelation: 'Über- und Unterordnung vertauscht; berichtigt',
	single: 'Liste und Einzelwert verwechselt',
	tooLarge: 'zu groß',
	unknownRole: 'Rolle unbekannt',
	unknownWord: 'Wort unbekannt',
	unreachable: 'nicht erreichbar; Liste unvollständig',
	wrongType: 'falscher Typ',
	wrongValue: 'falscher Wert',
};

/** The report of a reading as lines for a terminal. */
export function reportLines({ source, state, whole, resumed, counts, findings }: HarvestReport): string[] {
	const how = [whole ? 'vollständig' : 'nur Änderungen', ...(resumed ? ['fortgesetzt'] : [])].join(', ');
	const lines = [`${source}: ${state === 'done' ? 'gelesen' : 'abgebrochen, derselbe Befehl setzt fort'} (${how})`];
	for (const [kind, { told, kept, gone }] of Object.entries(counts))
		lines.push(`  ${kind}: ${told} gelesen, ${kept} übernommen${gone ? `, ${gone} entfallen` : ''}`);
	if (findings.length) lines.push('Auffälligkeiten:');
	for (const { kind, fault, count, example } of findings)
		lines.push(`  ${kind}: ${FAULT_WORDS[fault]} (${count}×, z. B. ${example})`);
	return lines;
}
