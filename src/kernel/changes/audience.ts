/** Who may know that an object exists and changed. Each audience includes those after it being told less. */
export type Audience = 'public' | 'members' | 'office' | 'none';
