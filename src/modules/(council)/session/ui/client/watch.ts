/** Keeps a page up to date that only shows a session: the public one, the projector's. */
import { refreshBlocks } from './blocks.ts';
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
			await refreshBlocks(location.href, () => true);
		} while (again);
		running = false;
	};
	onChange(
		place.dataset.watch!,
		() => void refresh(),
		() => undefined,
	);
}
