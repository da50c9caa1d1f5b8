/**
 * What script adds to pages that work without it. Plain DOM, one small module, loaded with defer on every page.
 * Nothing here is needed to read, send or reach anything.
 */
import { keys } from './enhance/keys.ts';
import { drafts } from './enhance/drafts.ts';
import { arrival } from './enhance/arrival.ts';
import { menus } from './enhance/menus.ts';
import { theme } from './enhance/theme.ts';
import { copying } from './enhance/copying.ts';
import { session } from './enhance/session.ts';

for (const start of [theme, menus, arrival, keys, drafts, copying, session]) start(document);
