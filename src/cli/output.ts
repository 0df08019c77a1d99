/** A standard stream, as far as writing to it can fail. */
interface Output {
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Keeps a standard stream that can no longer be written from ending the program with a stack trace. A reader that has
 * seen enough, such as `head`, is no failure; anything else is told in one line, and to `onFailure`.
 *
 * @param name what the stream is called in that line
 */
export function guardOutput(output: Output, name: string, onFailure: () => void): void {
  let isTold = false;
  output.on("error", (error) => {
    if (error.code === "EPIPE" || isTold) return;
    isTold = true;
    if (output !== process.stderr) process.stderr.write(`vzkit: ${name} cannot be written: ${error.message}\n`);
    onFailure();
  });
}
