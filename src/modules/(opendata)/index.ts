/** Front door of the open data module. */
export { licenceOf } from './licence.ts';
