import type { Component } from 'svelte';
import type { Locale } from './sample.ts';
import Desk from './Desk.svelte';
import Forms from './Forms.svelte';
import Home from './Home.svelte';
import Lists from './Lists.svelte';
import Paper from './Paper.svelte';
import Session from './Session.svelte';

/** The pages of the gallery, by the name of their file. Between them they show every component. */
export const pages: Record<string, Component<{ locale: Locale }>> = {
	home: Home,
	session: Session,
	paper: Paper,
	forms: Forms,
	desk: Desk,
	lists: Lists,
};
