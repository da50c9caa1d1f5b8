/** The two databases of towns.ts, and servers on them. */
import type { Server, Workshop } from './program.ts';

export interface Place {
	/** Folder of the data. */
	data: string;
	/** Settings that lead a server to it. */
	env: Record<string, string>;
}
export interface Places {
	workshop: Workshop;
	small: Place;
	large: Place;
}

/** Both servers at once, for as long as `work` takes. */
export async function withBoth<T>(
	{ workshop, small, large }: Places,
	env: Record<string, string>,
	work: (servers: { small: Server; large: Server }) => Promise<T>,
): Promise<T> {
	const [one, other] = [await workshop.start({ ...small.env, ...env }), await workshop.start({ ...large.env, ...env })];
	try {
		return await work({ small: one, large: other });
	} finally {
		await one.stop();
		await other.stop();
	}
}
