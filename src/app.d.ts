import type { Ctx } from '#kernel/ctx.ts';

declare global {
	namespace App {
		interface Locals {
			ctx: Ctx;
			/** The database could not be asked: the answer is 503, whatever was made of it meanwhile. */
			away?: true;
		}
		interface Error {
			/** Names the entry in the log; shown to the reader so that the office can look it up. */
			id?: string;
		}
	}
}

export {};
