import { AsyncLocalStorage } from 'node:async_hooks';
import { SOURCE_LOCALE, WORKING_LOCALES, type Locale } from './locales.ts';

/** Characters that no text has: Unicode keeps them for use inside of programs. */
export const BEGIN = '\uFDD0';
export const END = '\uFDD1';

interface Speech {
	/** Of the address and of whoever reads. */
	locale: Locale;
	/** In which words stand now: the reader's, except where there are none in it. */
	words: Locale;
	/** A page is being made, in which words of another language are marked as such. */
	marks?: boolean;
}

const current = new AsyncLocalStorage<Speech>();

/** Runs `work` in a language: message functions called inside speak it, or `words` where they are another one. */
export function inLanguage<T>(locale: Locale, work: () => T, words = locale): T {
	return current.run({ locale, words }, work);
}

/** The language of the running request or job; German outside of any. */
export function currentLocale(): Locale {
	return current.getStore()?.words ?? SOURCE_LOCALE;
}

/** In which words and dates stand that are asked for in a language. */
export function spokenFor(locale: Locale): Locale {
	const speech = current.getStore();
	return speech?.locale === locale ? speech.words : locale;
}

/** What is made from here on is in the reader's language, such as the frame of a page. */
export function speakAsReader(): void {
	const speech = current.getStore();
	if (speech) speech.words = speech.locale;
}

/** From here on a page is made: words that there are in German only are marked in it, to be finished by `sourceMarked`. */
export function beginPage(): void {
	speakAsReader();
	markWords();
}

/** From here on is read what a page shows: words that it is given are marked like its own. No act comes after this. */
export function markWords(): void {
	const speech = current.getStore();
	if (speech) speech.marks = hasMarks(speech.locale);
}

/** Words that an act makes for the page which answers it; what else it makes goes into records and letters and has no marks. */
export function forPage<T>(make: () => T): T {
	const speech = current.getStore();
	return speech ? current.run({ ...speech, marks: hasMarks(speech.locale) }, make) : make();
}

const hasMarks = (locale: Locale) => atWork(locale) !== locale;

/** Called for words that stand in for those of another language. */
export function markSource(words: string): string {
	const speech = current.getStore();
	return speech?.marks && speech.words === speech.locale ? BEGIN + words + END : words;
}

/**
 * What is made from here on is for people at work, whose words exist in German and English only: all texts and dates are in the one
 * language that has all of them.
 */
export function speakAtWork(): void {
	const speech = current.getStore();
	if (speech) speech.words = atWork(speech.locale);
}

/** The language in which somebody who reads in `locale` works. */
export function atWork(locale: Locale): Locale {
	return WORKING_LOCALES.includes(locale) || locale === 'de-simple' ? locale : SOURCE_LOCALE;
}
