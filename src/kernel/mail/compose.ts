import { escapeHtml } from './frame.ts';

/** The parts a letter is made of; all words come from the caller, in the reader's language. */
export type Block =
	/** `lang` where the text is in another language than the mail: official German wording. */
	| { kind: 'paragraph'; text: string; lang?: string }
	| { kind: 'heading'; text: string }
	| { kind: 'list'; items: string[]; lang?: string }
	/** Label and value pairs: when, where, how many. */
	| { kind: 'facts'; facts: { label: string; value: string }[] }
	/** One thing to do; its address stands below, so that a reader sees where it leads. */
	| { kind: 'button'; label: string; href: string }
	/** Small print at the end: who writes, why, how to end it. */
	| { kind: 'footer'; lines: string[]; link?: { label: string; href: string } };

/** Both parts of a mail from the same blocks: nobody gets less for reading plain text. */
export function compose(blocks: Block[]): { text: string; html: string } {
	return { text: `${blocks.map(toText).join('\n\n')}\n`, html: blocks.map(toHtml).join('\n') };
}

function toText(block: Block): string {
	switch (block.kind) {
		case 'paragraph':
			return block.text;
		case 'heading':
			return `${block.text}\n${'='.repeat(Math.min([...block.text].length, 60))}`;
		case 'list':
			return block.items.map((item) => `– ${item}`).join('\n');
		case 'facts':
			return block.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
		case 'button':
			return `${block.label}:\n${block.href}`;
		case 'footer':
			return ['-- ', ...block.lines, ...(block.link ? [`${block.link.label}: ${block.link.href}`] : [])].join('\n');
	}
}

function toHtml(block: Block): string {
	const escape = escapeHtml;
	switch (block.kind) {
		case 'paragraph':
			return `<p${langOf(block)}>${escape(block.text).replaceAll('\n', '<br>')}</p>`;
		case 'heading':
			return `<h1 style="font-size:22px;line-height:1.3">${escape(block.text)}</h1>`;
		case 'list':
			return `<ul${langOf(block)}>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
		case 'facts':
			return `<dl>${block.facts.map(({ label, value }) => `<dt><strong>${escape(label)}</strong></dt><dd style="margin:0 0 8px">${escape(value)}</dd>`).join('')}</dl>`;
		case 'button':
			return `<p>${link(block.label, block.href, true)}<br><span dir="ltr">${escape(block.href)}</span></p>`;
		case 'footer': {
			const lines = [...block.lines.map(escape), ...(block.link ? [link(block.link.label, block.link.href)] : [])];
			return `<hr><p style="font-size:14px">${lines.join('<br>')}</p>`;
		}
	}
}

/** Each line finds its direction by itself: German titles stand in Arabic mails. */
function langOf({ lang }: { lang?: string }): string {
	return lang ? ` lang="${escapeHtml(lang)}" dir="auto"` : '';
}

/** @throws Error for addresses that are not http(s) or mailto: nothing else belongs into a mail */
function link(label: string, href: string, strong = false): string {
	if (!/^(?:https?:\/\/|mailto:)/.test(href)) throw new Error('a mail links to web pages and mail addresses only');
	const words = strong ? `<strong>${escapeHtml(label)}</strong>` : escapeHtml(label);
	return `<a href="${escapeHtml(href)}">${words}</a>`;
}
