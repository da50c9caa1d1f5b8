import { slice } from '../text.ts';
import type { Line } from '../lines.ts';
import { type Marker, follows } from '../markers.ts';
import { printed } from '../found.ts';
import { type Item, END, itemOf } from './item.ts';
import { restarts } from './chain.ts';

const HEADING =
	/^(?:(?:Vorschlag\s+(?:für|zur)\s+(?:die\s+|der\s+)?|Entwurf\s+der\s+)?(?:(?:vorläufige|vorgeschlagene|geänderte|neue|beschlossene|festgelegte|genehmigte)\s+)?(?:Tagesordnung|Tagesordnungspunkte|Tagesordnung\/Themen|Themen|Agenda|Besprechungspunkte|Traktanden(?:liste)?|(?:Nicht[\s-]?)?Öffentlicher\s+Teil|TOPs?)(?:\s+(?:der|des|für)\s.{0,60}|\s*\(.{0,60}\)|\s+(?:öffentlicher|nichtöffentlicher)\s+Teil)?\s*:?)$/i;

type Overview = { items: Item[]; start: number; end: number };

export function readOverview(
	lines: readonly Line[],
	markers: readonly Marker[],
	width: number,
	invitation: boolean,
): Overview | null {
	let best: Overview | null = null;
	for (const line of lines) {
		if (!HEADING.test(line.text) || line.text.length > 90) continue;
		const found = overviewAfter(lines, markers, line.index + 1, width, invitation);
		if (found && (!best || found.items.length > best.items.length)) best = { ...found, start: line.index };
	}
	return best;
}

function overviewAfter(
	lines: readonly Line[],
	markers: readonly Marker[],
	from: number,
	width: number,
	invitation: boolean,
): Overview | null {
	const chain: Marker[] = [];
	let end = lines.length;
	for (const marker of markers) {
		if (marker.line.index < from || !marker.rest.text) continue;
		const last = chain[chain.length - 1];
		if (last && !invitation && marker.line.index - last.line.index > 9) {
			end = last.line.index + 1;
			break;
		}
		if (!last) {
			if (marker.line.index - from > 12 || marker.path[0]! > 1) break;
			chain.push(marker);
		} else if (
			follows(last.path, marker.path, 1) ||
			(marker.family !== last.family && marker.path[0] === 1 && marker.family === 'letter') ||
			(/^N/.test(marker.number.text) && /^Ö/.test(last.number.text)) ||
			restarts(lines, last, marker)
		) {
			if (marker.family === last.family || last.family === 'letter' || marker.path.length > 1) chain.push(marker);
		} else if (marker.path[0] === 1 && !invitation && marker.path.length === 1) {
			end = marker.line.index;
			break;
		}
	}
	if (chain.length < 2) return plainList(lines, from);
	const items = chain.map((marker) => itemOf(marker, lines, width, true));
	const last = chain[chain.length - 1]!;
	return { items, start: from, end: Math.min(end, invitation ? lines.length : last.line.index + 1) };
}

/** Bullets or short lines without numbers right under the heading. */
function plainList(lines: readonly Line[], from: number): Overview | null {
	const items: Item[] = [];
	let i = from;
	for (; i < lines.length; i++) {
		const line = lines[i]!;
		if (
			line.text.length > 160 ||
			line.heading ||
			(/[.!?]$/.test(line.text) && line.text.length > 60) ||
			END.test(line.text) ||
			/^[^:]{2,30}:\s/.test(line.text)
		)
			break;
		if (i > from && line.gap > 0 && !line.bullet) break;
		if (items.length && !line.bullet && lines[i - 1]!.bullet) break;
		items.push({ number: null, title: printed(slice(line, 0)), path: [], lines: [], text: null });
	}
	return items.length >= 2 ? { items, start: from, end: i } : null;
}
