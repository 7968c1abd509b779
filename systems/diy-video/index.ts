/** The system that makes a tutorial video of a sentence. */
export const name = 'diy-video';
