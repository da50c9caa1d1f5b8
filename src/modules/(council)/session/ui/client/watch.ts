/** Keeps a page up to date that only shows a session: the public one, the projector's. */
import { loadPage, putBlocks } from './blocks.ts';
import { onChange } from './events.ts';

const place = document.querySelector<HTMLElement>('[data-watch]');
if (place) {
	let running = false;
	let again = false;
	const refresh = async () => {
		if (running) {
			again = true;
			return;
		}
		running = true;
		do {
			again = false;
			const page = await loadPage(location.href);
			if (typeof page !== 'string') putBlocks(page, () => true);
		} while (again);
		running = false;
	};
	onChange(
		place.dataset.watch!,
		() => void refresh(),
		() => undefined,
	);
}
