import { describe, expect, it } from 'vitest';
import { readDocument } from '../read.ts';

const HEAD = 'Stadt Musterau\nProtokoll der 5. Sitzung des Integrationsrates am 12.03.2024, 18:00 Uhr\n\n';
const TAIL =
	'\n\nTagesordnung:\n1. Begrüßung\n2. Verschiedenes\n\nzu 1)\nAlle werden begrüßt.\n\nad 2)\nKeine Meldungen.\n';
const present = (list: string) =>
	Object.fromEntries(
		readDocument({ name: 'p.txt', text: HEAD + list + TAIL }).attendance.map((one) => [one.name, one.status]),
	);

describe('groups in an attendance list', () => {
	it('ends the absent where another group is named', () => {
		const list = 'Anwesende:\nMitglieder: Ana Petrow, Lin Chen\nUnentschuldigt: Ute Moll\nVerwaltung: Herr Brand';
		expect(present(list)).toEqual({
			'Ana Petrow': 'present',
			'Lin Chen': 'present',
			'Ute Moll': 'absent',
			Brand: 'present',
		});
	});

	it('keeps the status of groups that are nested under it', () => {
		const list = 'Anwesend:\nAna Petrow\nLin Chen\n\nEntschuldigt:\nMitglieder:\nIrma Salk\nVerwaltung:\nFrau Tonn';
		expect(present(list)).toMatchObject({ 'Lin Chen': 'present', 'Irma Salk': 'excused', Tonn: 'excused' });
	});

	it('reads two lists side by side', () => {
		const list = 'Anwesend:              Es fehlten:\nAna Petrow             Ute Moll\nLin Chen';
		expect(present(list)).toEqual({ 'Ana Petrow': 'present', 'Lin Chen': 'present', 'Ute Moll': 'absent' });
	});

	it('counts the chair among the members who vote', () => {
		const list = 'Anwesende:\nVorsitzender: Kofi Adjei\nMitglieder: Ana Petrow, Lin Chen';
		const { attendance } = readDocument({ name: 'p.txt', text: HEAD + list + TAIL });
		expect(attendance.map((one) => one.voting)).toEqual([true, true, true]);
	});
});
