/** What is taken over of other council systems: bodies, and their sessions. */
export * from './take-over-bodies.server.ts';
export * from './take-over-sessions.server.ts';
export type { TakenElection, TakenVote } from './take-over-votes.server.ts';
