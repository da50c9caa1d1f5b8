import type { XmlNode } from '#kernel/files/xml.ts';
import type { CalendarEvent } from './ics.ts';

/** Entries of RSS and Atom as sessions: the day stands in their words, not in when they were written. Pure. */

const DAY = /(\d{1,2}\.\d{1,2}\.\d{4})(?:\D{0,12}?(\d{1,2})[:.](\d\d)\s*Uhr)?/;

/** @returns null for what is no feed */
export function readFeed(root: XmlNode): { name: string; events: CalendarEvent[] } | null {
	const channel = bare(root.name) === 'rss' ? child(root, 'channel') : bare(root.name) === 'feed' ? root : null;
	if (!channel) return null;
	const entries = channel.children.filter(
		(one): one is XmlNode => typeof one !== 'string' && /^(item|entry)$/.test(bare(one.name)),
	);
	return { name: text(channel, 'title'), events: entries.map(eventOf) };
}

function eventOf(entry: XmlNode): CalendarEvent {
	const title = text(entry, 'title');
	const words = `${title} ${text(entry, 'description') || text(entry, 'summary') || text(entry, 'content')}`;
	const [whole = '', day = '', hour, minute] = DAY.exec(words) ?? [];
	const link = child(entry, 'link');
	const url = link?.attributes.href ?? text(entry, 'link');
	return {
		uid: text(entry, 'guid') || text(entry, 'id') || url || title,
		start: day && hour ? `${day} ${hour.padStart(2, '0')}:${minute}` : day,
		end: '',
		summary:
			title
				.replace(whole, '')
				.replace(/[\s,:–-]+(am|vom)?[\s,:–-]*$/i, '')
				.trim() || title,
		location: '',
		url,
		cancelled: /abgesagt|entfällt|fällt aus/i.test(words),
	};
}

const bare = (name: string) => name.replace(/^.*:/, '').toLowerCase();

function child(node: XmlNode, name: string): XmlNode | undefined {
	return node.children.find((one): one is XmlNode => typeof one !== 'string' && bare(one.name) === name);
}

function text(node: XmlNode, name: string): string {
	const found = child(node, name);
	return found ? flat(found).trim() : '';
}

function flat(node: XmlNode): string {
	return node.children.map((one) => (typeof one === 'string' ? one : flat(one))).join('');
}
