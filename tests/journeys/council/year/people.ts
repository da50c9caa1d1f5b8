/** Everybody of the year; all invented. Order is that of the seats. */
export const OLD = [
	'Anke Altmann',
	'Bernd Brook',
	'Cora Clasen',
	'Dilek Demir',
	'Emil Engel',
	'Farah Faruk',
	'Goran Galic',
	'Hanna Hoppe',
];
export const MEMBERS = [
	'Anke Altmann',
	'Ivo Iversen',
	'Jule Jansen',
	'Dilek Demir',
	'Karim Khalil',
	'Lena Lorenz',
	'Marta Nowak',
	'Nuri Öztürk',
	'Olga Petrova',
];
export const SUCCESSORS = ['Pavel Quirin', 'Rosa Reyes'];
export const YOUNG = ['Selin Sahin', 'Tarek Tamer', 'Uma Urban', 'Viktor Voss'];

export const marks = <Mark extends string>(names: string[], mark: Mark) =>
	Object.fromEntries(names.map((name) => [name, mark])) as Record<string, Mark>;
