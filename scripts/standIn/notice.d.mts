/** The beginning of every line of a command's output here: empty unless it runs the stand-in. */
export function noticeOf(command: string): string;
