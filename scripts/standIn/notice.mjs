// What every line that comes from the stand-in Mac begins with. Plain JavaScript, since it is needed before anything is
// installed.
const notice = "stand-in Mac, not macOS │ ";

/** The beginning of every line of a command's output here: empty unless it runs the stand-in. */
export const noticeOf = (command) => (command === "demoMac" && process.platform === "linux" ? notice : "");
