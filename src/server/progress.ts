/** Lines of progress: what is being done, what was done, how long it took. */

export interface Progress {
	/** Says that the step begins, does it, says that it is done. `work` may return a better closing line. */
	step<T>(begin: string, done: string | ((result: T) => string), work: () => Promise<T>): Promise<T>;
	line(text: string): void;
	/** Seconds since the beginning, as `3,4 s`. */
	total(): string;
}

export function progress(write: (text: string) => void = (text) => void process.stdout.write(text)): Progress {
	const begun = performance.now();
	return {
		async step(begin, done, work) {
			const from = performance.now();
			write(`  … ${begin}\n`);
			const result = await work();
			const text = typeof done === 'string' ? done : done(result);
			write(`  ✓ ${text.padEnd(56)} ${seconds(from).padStart(7)}\n`);
			return result;
		},
		line: (text) => write(`${text}\n`),
		total: () => seconds(begun),
	};
}

function seconds(from: number): string {
	return `${((performance.now() - from) / 1000).toFixed(1).replace('.', ',')} s`;
}
