import { sql } from 'kysely';

/** A person `p` of the register in words, for queries. */
export const NAME = sql`concat_ws(' ', nullif(p.affix, ''), nullif(p.given_name, ''), p.family_name)`;
