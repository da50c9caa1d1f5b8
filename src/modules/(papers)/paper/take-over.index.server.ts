/** What is taken over of other council systems: papers, with their stations and files. */
export * from './take-over-many.server.ts';
export * from './take-over-parts.server.ts';
