/** Today in the demonstration's time zone, moved by some days; ISO. */
export function inDays(days: number): string {
	return Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString();
}
