import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '#kernel/project.ts';
import { languagesOf, messageFolders } from '../messages.ts';
import type { Outcome } from './outcome.ts';

/** A message with forms, as the message-format plugin writes it; a plain text otherwise. */
type Message = string | { declarations: string[]; selectors: string[]; match: Record<string, string> }[];
export type Catalogue = Record<string, Message>;

/** Rules of the rulebook and acceptance scenarios: they are for who writes the program. */
const ID = /\b(R\d+|BER|BET|FAL|GRE|KON|MIT|NET|QUE|SIT|SPR|TER|VOR)-\d+\b/;

/** How many missing keys of one file are named before they are only counted. */
const NAMED = 5;

/** Every text of the source language stands in every language its folder needs, with the same values to fill in. */
export async function messages(): Promise<Outcome> {
	const faults: string[] = [];
	for (const folder of await messageFolders()) {
		const source = await read(join(folder, 'de.json'));
		for (const locale of languagesOf(folder)) {
			const file = join(folder, `${locale}.json`);
			const found = compareMessages(source, await read(file), locale);
			faults.push(...found.map((fault) => `${relative(projectRoot, file)}: ${fault}`));
		}
	}
	return { faults };
}

async function read(file: string): Promise<Catalogue> {
	if (!existsSync(file)) return {};
	const { $schema: _, ...texts } = JSON.parse(await readFile(file, 'utf8')) as Catalogue;
	return texts;
}

/** @returns what is wrong with a language's texts, measured by those of the source language */
export function compareMessages(source: Catalogue, texts: Catalogue, locale: string): string[] {
	const missing = Object.keys(source).filter((key) => !(key in texts));
	const faults = missing.slice(0, NAMED).map((key) => `${key} is missing`);
	if (missing.length > NAMED) faults.push(`and ${missing.length - NAMED} more keys are missing`);
	for (const [key, text] of Object.entries(texts)) {
		const german = source[key];
		if (german === undefined) faults.push(`${key} does not stand in de.json`);
		else faults.push(...faultsOf(german, text, locale).map((fault) => `${key}: ${fault}`));
	}
	return faults;
}

function faultsOf(german: Message, text: Message, locale: string): string[] {
	const faults = formsOf(text).some((form) => form.trim() === '') ? ['is empty'] : [];
	const id = formsOf(text).flatMap((form) => ID.exec(form) ?? [])[0];
	if (id) faults.push(`names ${id}; readers want what the rule says`);
	const [wanted, given] = [valuesOf(german), valuesOf(text)];
	for (const name of wanted) if (!given.has(name)) faults.push(`{${name}} is missing`);
	for (const name of given) if (!wanted.has(name)) faults.push(`{${name}} is unknown to de.json`);
	if (typeof text === 'string') return typeof german === 'string' ? faults : [...faults, 'has no forms, de.json has'];
	const selectors = text.flatMap((part) => part.selectors).join(', ');
	if (typeof german !== 'string' && selectors !== german.flatMap((part) => part.selectors).join(', ')) {
		faults.push(`selects by ${selectors}, de.json by something else`);
	}
	return [...faults, ...text.flatMap((part) => formFaults(part, locale))];
}

/** A message without a form for every case would show its key instead of a text. */
function formFaults({ declarations, selectors, match }: Exclude<Message, string>[number], locale: string): string[] {
	const cases = Object.keys(match).map(
		(key) => new Map(key.split(/,\s*/).map((pair) => pair.split('=') as [string, string])),
	);
	const faults: string[] = [];
	if (!cases.some((one) => selectors.every((name) => one.get(name) === '*')))
		faults.push('has no form for all other cases (*)');
	const plurals = new Set<string>(new Intl.PluralRules(locale).resolvedOptions().pluralCategories);
	for (const selector of selectors) {
		if (!declarations.some((line) => line.startsWith(`local ${selector} `) && line.includes(': plural'))) continue;
		for (const one of cases) {
			const form = one.get(selector);
			if (form && form !== '*' && !plurals.has(form)) faults.push(`the language has no plural form "${form}"`);
		}
	}
	return faults;
}

function formsOf(message: Message): string[] {
	return typeof message === 'string' ? [message] : message.flatMap((part) => Object.values(part.match));
}

/** Names in braces of all forms, and the inputs that forms are chosen by. */
function valuesOf(message: Message): Set<string> {
	const names = formsOf(message).flatMap((form) => [...form.matchAll(/\{\s*(\w+)\s*\}/g)].map((match) => match[1]!));
	const inputs =
		typeof message === 'string'
			? []
			: message.flatMap((part) => part.declarations.flatMap((line) => /^input (\w+)/.exec(line)?.[1] ?? []));
	return new Set([...names, ...inputs]);
}
