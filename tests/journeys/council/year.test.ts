/**
 * A whole year of an integration council, through the forms of the built application and with a clock that is moved:
 * council election, new term, constitution, four sessions, a member who leaves, minutes that are corrected, the end of the
 * term and its archive. Each chapter goes on where the one before ended.
 */
import './year/1-new-term.ts';
import './year/2-constitution.ts';
import './year/3-second-convening.ts';
import './year/4-joint.ts';
import './year/5-hybrid.ts';
import './year/6-event.ts';
import './year/7-archive.ts';
