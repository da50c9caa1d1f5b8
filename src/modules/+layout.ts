/**
 * Pages are complete as the server sends them and load no framework code in the browser. Where script adds something
 * (the session's screen, passkeys, the review of an import), a small module of its own works on the plain forms. As no
 * page asks for the framework, it is not built for browsers at all.
 */
export const csr = false;
