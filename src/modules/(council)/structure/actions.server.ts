import type { ActionFailure } from '@sveltejs/kit';
import type { z } from 'zod';
import type { Ctx } from '#kernel/ctx.ts';
import { bodyToChange } from './bodies.server.ts';
import { act, type Refused } from './form.server.ts';

/** What an action of these pages needs of the framework's event. */
export interface FormEvent {
	locals: { ctx: Ctx };
	request: Request;
	url: URL;
}
type BodyEvent = FormEvent & { params: { slug: string } };

/**
 * Actions of one page of a body: each form is read by its schema and done by its command, for the body of the address; then
 * the reader is back on the page.
 */
export function bodyActions(page: string) {
	return <S extends z.ZodType>(
			of: string,
			schema: S,
			run: (event: FormEvent, councilBodyId: string, given: z.output<S>) => Promise<unknown>,
			anchor = '',
		) =>
		async (event: BodyEvent): Promise<ActionFailure<Refused & Record<string, unknown>>> => {
			const { id, slug } = await bodyToChange(event.locals.ctx, event.params.slug);
			return act(event, {
				of,
				councilBodyId: id,
				schema,
				run: async (given) => (await run(event, id, given), `/gremien/${slug}/${page}${anchor}`),
			});
		};
}
