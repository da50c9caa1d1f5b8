/** What `mitrat setup` has to know: from options, by questions in a terminal, or line by line from a pipe. */
import { createInterface, type Interface } from 'node:readline';
import { UserError } from '#kernel/errors.ts';

interface Question {
	key: string;
	words: string;
	/** The answer if nothing is typed; '' is a valid "later" where `fault` allows it. */
	otherwise: string;
	/** What is wrong with an answer. */
	fault: (answer: string) => string | null;
	/** Asked once for the whole installation. */
	shared?: true;
}

const QUESTIONS = [
	{
		key: 'name',
		words: 'Name der Stadt, wie er in Briefen steht (z. B. Stadt Musterhausen)',
		otherwise: '',
		fault: required,
	},
	{
		key: 'short-name',
		words: 'Kurzer Name für den Kopf der Seite (z. B. Musterhausen)',
		otherwise: '',
		fault: required,
	},
	{ key: 'council', words: 'Name des Gremiums', otherwise: 'Beirat für Integration und Migration', fault: required },
	{
		key: 'origin',
		words: 'Adresse der Website (z. B. https://beirat.musterhausen.de)',
		otherwise: 'http://localhost:3000',
		fault: address,
	},
	{ key: 'admin-name', words: 'Vor- und Nachname der ersten verwaltenden Person', otherwise: '', fault: required },
	{ key: 'admin-email', words: 'Ihre E-Mail-Adresse', otherwise: '', fault: email },
	{
		key: 'smtp-url',
		words: 'Mailserver (smtp://name:passwort@rechner:587), leer für später',
		otherwise: '',
		fault: smtp,
		shared: true,
	},
	{ key: 'mail-from', words: 'Absender der Mails, leer für später', otherwise: '', fault: optionalEmail, shared: true },
] as const satisfies readonly Question[];

export type Key = (typeof QUESTIONS)[number]['key'];
export const KEYS = QUESTIONS.map(({ key }) => key);
export type Answers = Record<Key, string>;

export interface Given {
	options: Partial<Answers>;
	/** The installation sends mail already: what was decided for all towns is not asked again. */
	hasMail: boolean;
}

/**
 * Takes options as given and asks for the rest. In a terminal a wrong answer is asked for again. Through a pipe the
 * answers are lines, and the first wrong one ends it. A script that gave options, but has no terminal, is never kept
 * waiting: what is missing takes its default or is an error.
 * @throws UserError when an answer is wrong or the input ends before the last question
 */
export async function ask({ options, hasMail }: Given): Promise<Answers> {
	const answers = {} as Answers;
	using source = openSource(Object.keys(options).length > 0);
	for (const question of QUESTIONS) {
		const { key, otherwise } = question;
		const given = options[key];
		if (given !== undefined) answers[key] = checked(question, given);
		else if (hasMail && 'shared' in question) answers[key] = otherwise;
		else answers[key] = source ? await answerTo(question, source) : checked(question, otherwise);
	}
	return answers;
}

interface Source extends Disposable {
	interactive: boolean;
	/** The next line; undefined at the end of input (Ctrl-D, Ctrl-C, the end of the pipe). */
	line(prompt: string): Promise<string | undefined>;
}

function openSource(hasOptions: boolean): Source | undefined {
	const interactive = process.stdin.isTTY;
	if (!interactive && hasOptions) return undefined;
	const lines: Interface = createInterface({ input: process.stdin, output: process.stdout });
	const iterator = lines[Symbol.asyncIterator]();
	return {
		interactive,
		async line(prompt) {
			lines.setPrompt(prompt);
			lines.prompt();
			const { done, value } = await iterator.next();
			return done ? undefined : value;
		},
		[Symbol.dispose]: () => lines.close(),
	};
}

async function answerTo(question: Question, source: Source): Promise<string> {
	for (;;) {
		const { words, otherwise } = question;
		const line = await source.line(`${words}${otherwise ? ` [${otherwise}]` : ''}: `);
		if (line === undefined) {
			process.stdout.write('\n');
			throw new UserError(`Die Eingabe endete bei der Frage „${words}“. Es wurde nichts angelegt.`);
		}
		const answer = line.trim() || otherwise;
		const wrong = question.fault(answer);
		if (!wrong) return answer;
		if (!source.interactive) throw new UserError(`${words}: ${wrong}. Es wurde nichts angelegt.`);
		process.stdout.write(`  ${wrong}. Bitte noch einmal.\n`);
	}
}

function checked({ key, otherwise, fault }: Question, given: string): string {
	const answer = given.trim() || otherwise;
	const wrong = fault(answer);
	if (wrong) throw new UserError(`--${key}: ${wrong}. Es wurde nichts angelegt.`);
	return answer;
}

function required(answer: string): string | null {
	return answer ? null : 'fehlt';
}

function email(answer: string): string | null {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? null : 'ist keine E-Mail-Adresse';
}

function optionalEmail(answer: string): string | null {
	return answer ? email(answer) : null;
}

function address(answer: string): string | null {
	return /^https?:$/.test(URL.parse(answer)?.protocol ?? '') ? null : 'muss mit http:// oder https:// beginnen';
}

function smtp(answer: string): string | null {
	return !answer || /^smtps?:$/.test(URL.parse(answer)?.protocol ?? '')
		? null
		: 'muss mit smtp:// oder smtps:// beginnen';
}
