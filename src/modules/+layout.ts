/**
 * Pages are complete as the server sends them and load no framework code in the browser. The few that need it (live
 * rooms, passkeys, the review of an import) say `csr = true` themselves.
 */
export const csr = false;
