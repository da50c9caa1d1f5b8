// Platform packages that no registry carries make `npm ci` refuse the lock file ("Missing … from lock file").
// Every name in an entry's optionalDependencies that has no entry of its own is dropped.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const carried = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
let dropped = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
	delete entry.resolved;
	if (path === '' || !entry.optionalDependencies) continue;
	for (const name of Object.keys(entry.optionalDependencies)) {
		if (carried.has(name)) continue;
		delete entry.optionalDependencies[name];
		dropped++;
	}
	if (!Object.keys(entry.optionalDependencies).length) delete entry.optionalDependencies;
}
writeFileSync(file, JSON.stringify(lock, null, '\t') + '\n');
console.log(`package-lock.json: ${dropped} names without a package dropped`);
