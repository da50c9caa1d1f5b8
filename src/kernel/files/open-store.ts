import { runtime } from '../runtime.ts';
import { openStore, type FileStore } from './store.ts';

const stores = new WeakMap<object, FileStore>();

/** The file store of this process, as configured: the data folder's, or S3. */
export function fileStore(): FileStore {
	const { config } = runtime();
	let store = stores.get(config);
	if (!store) stores.set(config, (store = openStore(config)));
	return store;
}
