import { expect, test } from 'vitest';
import { calledIn } from './names.ts';

const people = [
	'Jonna Wiebold',
	'Mareike Tolksdorff',
	'Thi Lan Anh Brückner',
	'Jonna Meier',
	'Elena Stroescu-Beck',
].map((name) => ({ id: name, name }));
const called = (text: string) => calledIn(text, people).map(({ name }) => name);

test('people are called by their whole name or by a part that means only them', () => {
	expect(called('@Jonna Wiebold kannst du schauen? @tolksdorff auch, @Stroescu-Beck, @Thi Lan Anh Brückner.')).toEqual([
		'Jonna Wiebold',
		'Mareike Tolksdorff',
		'Elena Stroescu-Beck',
		'Thi Lan Anh Brückner',
	]);
});

test('a name that several people have, an address and an unknown name call nobody', () => {
	expect(called('@Jonna bitte, an amt@wiebold.example, @Niemand')).toEqual([]);
	expect(called('@Wiebold @wiebold @Jonna Wiebold')).toEqual(['Jonna Wiebold']);
});
