/** Where an item stands on its session's page: /sitzungen/2026-10-28#top-4. Items without a number go by their id. */
export function itemAnchor(number: string, id: string): string {
	return `top-${number.replace(/[^\p{L}\p{N}.-]/gu, '') || id.slice(0, 8)}`;
}
