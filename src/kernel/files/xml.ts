import { decodeText, detectEncoding } from './encoding.ts';
import { UnreadableFile } from './unreadable.ts';

/** An element; names carry a fixed prefix by their namespace (`w:p`), whatever prefix the file uses. */
export type XmlNode = { name: string; attributes: Record<string, string>; children: (XmlNode | string)[] };

/** Namespace address to the prefix under which the readers know it. */
export type Namespaces = Readonly<Record<string, string>>;

const MAX_DEPTH = 500;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const TAG =
	/<(?:!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[([\s\S]*?)\]\]|(\/)?([^\s<>/="']+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/)?)>/y;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Reads an XML part of an office document into a tree. Deliberately small: no document type, so no entities of the
 * file's own and nothing fetched from outside.
 * @throws UnreadableFile `damaged` when it is not well-formed, has a document type, or nests deeper than 500
 */
export function parseXml(bytes: Uint8Array, namespaces: Namespaces): XmlNode {
	const source = decodeText(bytes, detectEncoding(bytes) ?? 'utf-8').text;
	return new TreeBuilder(namespaces).build(source);
}

type Scope = Record<string, string>;

class TreeBuilder {
	readonly #namespaces: Namespaces;
	readonly #open: XmlNode[] = [];
	readonly #rawNames: string[] = [];
	readonly #scopes: Scope[] = [{}];
	#root: XmlNode | null = null;

	constructor(namespaces: Namespaces) {
		this.#namespaces = namespaces;
	}

	build(source: string): XmlNode {
		let at = 0;
		while (at < source.length) {
			const next = source.indexOf('<', at);
			const end = next < 0 ? source.length : next;
			if (end > at) this.#text(decodeEntities(source.slice(at, end)));
			if (next < 0) break;
			at = this.#tag(source, next);
		}
		if (!this.#root || this.#open.length > 0) throw notWellFormed('unclosed element');
		return this.#root;
	}

	#tag(source: string, at: number): number {
		TAG.lastIndex = at;
		const match = TAG.exec(source);
		if (!match) throw notWellFormed(`bad tag at ${at}`);
		const [, cdata, closing, name, attributes, empty] = match;
		if (cdata !== undefined) this.#text(cdata);
		else if (name !== undefined && closing) this.#close(name);
		else if (name !== undefined) {
			this.#start(name, attributes ?? '');
			if (empty) this.#close(name);
		}
		return TAG.lastIndex;
	}

	#start(rawName: string, rawAttributes: string): void {
		if (this.#open.length >= MAX_DEPTH) throw notWellFormed('nested too deeply');
		const pairs = rawAttributes ? readAttributes(rawAttributes) : [];
		const scope = this.#scopeWith(pairs);
		const attributes: Record<string, string> = {};
		for (const [key, value] of pairs) attributes[key.includes(':') ? this.#resolve(key, scope) : key] = value;
		const node: XmlNode = { name: this.#resolve(rawName, scope), attributes, children: [] };
		const parent = this.#open.at(-1);
		if (parent) parent.children.push(node);
		else if (this.#root) throw notWellFormed('two root elements');
		else this.#root = node;
		this.#open.push(node);
		this.#rawNames.push(rawName);
		this.#scopes.push(scope);
	}

	#close(rawName: string): void {
		if (this.#rawNames.pop() !== rawName) throw notWellFormed(`</${rawName}> closes another element`);
		this.#open.pop();
		this.#scopes.pop();
	}

	#text(text: string): void {
		this.#open.at(-1)?.children.push(text);
	}

	#scopeWith(pairs: [string, string][]): Scope {
		const outer = this.#scopes.at(-1)!;
		const declared = pairs.filter(([key]) => key === 'xmlns' || key.startsWith('xmlns:'));
		if (declared.length === 0) return outer;
		const scope = { ...outer };
		for (const [key, value] of declared) scope[key === 'xmlns' ? '' : key.slice(6)] = value;
		return scope;
	}

	#resolve(rawName: string, scope: Scope): string {
		const colon = rawName.indexOf(':');
		const prefix = colon < 0 ? '' : rawName.slice(0, colon);
		const address = scope[prefix];
		const known = address === undefined ? undefined : this.#namespaces[address];
		if (known === undefined) return rawName;
		return `${known}:${rawName.slice(colon + 1)}`;
	}
}

function readAttributes(source: string): [string, string][] {
	return Array.from(source.matchAll(ATTRIBUTE), ([, name, double, single]) => [
		name!,
		decodeEntities(double ?? single ?? ''),
	]);
}

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
		if (name[0] !== '#') return ENTITIES[name] ?? whole;
		const code = name[1]?.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
	});
}

function notWellFormed(detail: string): UnreadableFile {
	return new UnreadableFile('damaged', {}, { cause: new Error(`XML: ${detail}`) });
}

/** The element children of a node. */
export function elements(node: XmlNode | undefined): XmlNode[] {
	return node ? node.children.filter((child): child is XmlNode => typeof child !== 'string') : [];
}

/** The first child element of that name. */
export function child(node: XmlNode | undefined, name: string): XmlNode | undefined {
	return node?.children.find((each): each is XmlNode => typeof each !== 'string' && each.name === name);
}

/** Every child element of that name. */
export function childrenNamed(node: XmlNode | undefined, name: string): XmlNode[] {
	return elements(node).filter((each) => each.name === name);
}

/** All text below a node, in order. */
export function textOf(node: XmlNode): string {
	return node.children.map((each) => (typeof each === 'string' ? each : textOf(each))).join('');
}
