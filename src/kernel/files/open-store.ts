import { runtime } from '../runtime.ts';
import { scan } from './scan.ts';
import { openStore, type FileStore } from './store.ts';

const stores = new WeakMap<object, FileStore>();

/**
 * The file store of this process, as configured: the data folder's, or S3. With a virus scanner, nothing is kept that it did
 * not find clean. @throws InfectedFile, ScannerAway when putting
 */
export function fileStore(): FileStore {
	const { config } = runtime();
	let store = stores.get(config);
	if (!store) stores.set(config, (store = scanned(openStore(config))));
	return store;
}

function scanned(store: FileStore): FileStore {
	return {
		...store,
		async put(bytes) {
			const { clamd } = runtime().config;
			if (clamd) await scan(bytes, clamd);
			return store.put(bytes);
		},
	};
}
