// Filled below.
export {};
