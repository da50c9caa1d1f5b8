import { z } from 'zod';

/** An id that the client made, so that what it does next without a network can name the thing; without script, none. */
export const ownId = z.union([z.uuid(), z.literal('').transform(() => undefined)]).optional();
