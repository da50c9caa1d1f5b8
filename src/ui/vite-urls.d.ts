/** Vite gives the address of a file that is asked for with ?url. */
declare module '*?url' {
	const address: string;
	export default address;
}
