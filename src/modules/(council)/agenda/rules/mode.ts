import { citationsOf, type Profile } from '../../rules/profile.ts';

/** Why a session by video is in doubt under the body's rules (rulebook R2-30 and the following). */
export interface ModeDoubt {
	/** No part by video at all; in an emergency only; beside the room only. */
	because: 'off' | 'emergencyOnly' | 'besideRoom';
	profile: string;
	citations: { text: string; url: string | null }[];
}

/**
 * Whether the rules of a day allow a session in this form: a warning for those who plan it, because the statute may have been
 * changed without anybody entering it. @returns null where nothing is in doubt
 */
export function modeDoubt(profile: Profile | undefined, mode: 'room' | 'hybrid' | 'video'): ModeDoubt | null {
	if (!profile || mode === 'room') return null;
	const allowed = profile.rules.remote.mode;
	if (allowed === 'video' || (allowed === 'hybrid' && mode === 'hybrid')) return null;
	const because = allowed === 'hybrid' ? 'besideRoom' : allowed;
	return { because, profile: profile.name, citations: citationsOf(profile, 'remote') };
}
