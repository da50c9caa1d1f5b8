/**
 * Tells when the session changed, by server-sent events: the browser comes back by itself after a drop and says what it
 * has heard last, so nothing is missed.
 */
export function onChange(address: string, changed: () => void, dropped: () => void): () => void {
	let source: EventSource | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = '';

	function open() {
		source = new EventSource(last ? `${address}?since=${last}` : address);
		const heard = (event: MessageEvent) => {
			last = event.lastEventId || last;
		};
		source.addEventListener('ready', (event) => {
			heard(event);
			// What happened between the page and the stream.
			changed();
		});
		source.addEventListener('change', (event) => {
			heard(event);
			changed();
		});
		source.addEventListener('reset', (event) => {
			heard(event);
			changed();
		});
		source.addEventListener('error', () => {
			dropped();
			// A browser gives up for good after an answer that is no stream: begin again.
			if (source?.readyState !== EventSource.CLOSED) return;
			clearTimeout(timer);
			timer = setTimeout(open, 3000);
		});
	}

	/** The network is there again: no need to wait for the browser's next try. */
	function again() {
		clearTimeout(timer);
		source?.close();
		open();
	}

	open();
	addEventListener('online', again);
	return () => {
		removeEventListener('online', again);
		clearTimeout(timer);
		source?.close();
	};
}
